import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { ingredients } from '../../report/charts/drawing/ingredients.ts';

// On a canvas: ECharts' own SVG sets style attributes, which a strict page refuses.
use([...ingredients, CanvasRenderer]);

/** ECharts with what rtbench's charts are made of, and no more. */
export { init };
