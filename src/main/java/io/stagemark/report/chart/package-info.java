/**
 * Charts as SVG text: scales, ticks, labels, bars, dots, curves, series.
 *
 * <pre>
 *   numbers, names --&gt; BarChart, DotRows, XyChart, SeriesChart --&gt; SVG with a title and a description
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.report.chart.BarChart}.
 *
 * <p><b>In:</b> numbers in the unit that is shown, names as text. <b>Out:</b> one {@code <svg>} of
 * a given width whose labels stay in the picture and do not cover each other; colours are classes
 * of the page's style sheet.
 *
 * <p><b>May import:</b> {@code data}. <b>Must not know:</b> results, files, pages.
 */
@NullMarked
package io.stagemark.report.chart;

import org.jspecify.annotations.NullMarked;
