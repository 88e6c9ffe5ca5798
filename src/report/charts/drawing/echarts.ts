import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { ingredients } from './ingredients.ts';

use([...ingredients, SVGRenderer]);

/** ECharts with what rtbench's charts are made of, and no more. */
export { init };
