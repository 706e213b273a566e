// Bars by layer: names beside them while there is room, columns to zoom into where there are many.

const MOST_NAMED = 40;

/**
 * The option of a chart with stacked bars, a layer each.
 *
 * @param spec names; label(i): how the i-th is called where there is little room; series: [{key, name, color or color(i), values}]; format(value); axis(value); total(i) or
 *     null: what stands at the end of a bar; most: end of the axis; tooltip(i): an element; grouped: beside each
 *     other and not stacked; selected
 */
function barsOption(spec, width) {
  const named = spec.names.length <= MOST_NAMED;
  const labelWidth = width < 360 ? 22 : 32;
  const category = {
    type: 'category',
    data: spec.names,
    ...axisLook(),
    triggerEvent: true,
    axisLabel: {
      fontSize: 11,
      interval: named ? 0 : 'auto',
      hideOverlap: !named,
      color: (value, i) => theme.token(i === spec.selected && named ? 'accent' : 'ink-2'),
      formatter: (name, i) => (named ? short(spec.label(i), labelWidth) : String(i + 1)),
    },
  };
  const value = {
    type: 'value',
    ...axisLook({ splitNumber: width < 520 ? 3 : 5 }),
    max: spec.most,
    interval: spec.most === 100 ? (width < 520 ? 50 : 25) : undefined,
    axisLabel: { ...axisLook().axisLabel, formatter: spec.axis },
  };
  const ends = named && spec.total;
  const series = spec.series.map((s) => ({
    name: s.name,
    id: s.key,
    type: 'bar',
    stack: spec.grouped ? undefined : 'layer',
    barMaxWidth: named ? 16 : undefined,
    barGap: spec.grouped ? '8%' : undefined,
    barCategoryGap: named ? (spec.grouped ? '26%' : '38%') : '10%',
    cursor: 'pointer',
    emphasis: { focus: 'none' },
    itemStyle: {
      color: typeof s.color === 'function' ? (p) => s.color(p.dataIndex) : s.color,
      borderColor: theme.token('surface'),
      borderWidth: named ? 0.5 : 0,
      borderRadius: named ? 2 : 0,
    },
    data: s.values,
  }));
  if (ends) {
    series.push({
      id: 'ends', name: '', type: 'bar', stack: 'layer', silent: true, tooltip: { show: false },
      data: spec.names.map(() => 0),
      label: {
        show: true, position: 'right', distance: 6, fontSize: 11, color: theme.token('ink-2'),
        formatter: (p) => spec.total(p.dataIndex),
      },
    });
  }
  return {
    grid: named
      ? { left: 4, right: ends ? 64 : 20, top: 6, bottom: 4, containLabel: true }
      : { left: 4, right: 12, top: 10, bottom: 52, containLabel: true },
    tooltip: {
      ...look().tooltip,
      trigger: 'axis',
      axisPointer: { type: 'shadow', shadowStyle: { color: theme.token('hover') } },
      formatter: (points) => spec.tooltip(points[0].dataIndex),
    },
    xAxis: named ? value : { ...category, name: 'layer', nameLocation: 'middle', nameGap: 22 },
    yAxis: named ? { ...category, inverse: true } : value,
    dataZoom: named ? [] : [
      { type: 'inside', xAxisIndex: 0, minValueSpan: 10, zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: false },
      {
        type: 'slider', xAxisIndex: 0, minValueSpan: 10, height: 20, bottom: 6, brushSelect: false,
        borderColor: 'transparent', backgroundColor: theme.token('sunken'), fillerColor: theme.token('hover'),
        handleStyle: { color: theme.token('surface'), borderColor: theme.token('ink-3') },
        moveHandleSize: 0, showDetail: false,
        dataBackground: { lineStyle: { opacity: 0 }, areaStyle: { color: theme.token('ink-3'), opacity: 0.3 } },
        selectedDataBackground: { lineStyle: { opacity: 0 }, areaStyle: { color: theme.token('ink-3'), opacity: 0.4 } },
      },
    ],
    series,
  };
}

function barsHeight(layers) {
  return layers > MOST_NAMED ? 320 : Math.max(layers * 26 + 34, 92);
}
