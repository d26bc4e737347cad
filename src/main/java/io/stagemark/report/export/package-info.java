/**
 * Reporters whose files other programs read: dashboards, spreadsheets, monitoring, model hubs.
 *
 * <pre>
 *   RunResult --ExportedRun (which cases, under which names)--&gt; ExportedCase --CaseFigures--&gt; Figure
 *                                                                    |
 *   samples/*.npy --SampleTimes--&gt; histograms, times                a reporter for each format
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.report.export.CsvReporter}, then {@code ExportedRun}.
 *
 * <p><b>In:</b> a {@link io.stagemark.result.RunResult} and the samples that it names, one batch
 * after another. <b>Out:</b> one file for each reporter (two for {@code github-benchmark}), after
 * what its reader takes; which cases are not in it goes to the console. A figure that was not
 * measured, or a percentile with too few samples, has no entry.
 *
 * <p><b>Must not know:</b> how anything was measured, and how other reporters render it.
 *
 * <p><b>Decisions:</b> docs/decisions/048-exports-follow-their-readers.md.
 */
@NullMarked
package io.stagemark.report.export;

import org.jspecify.annotations.NullMarked;
