/**
 * One tree of records, {@code result.json}, and what is rendered from it: console, Markdown,
 * pictures.
 *
 * <pre>
 *   run --RunResult--&gt; result.json --&gt; Reporter: console, markdown, images, ...
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.report.RunResult}, then {@link
 * io.stagemark.report.Reporter}.
 *
 * <p>{@link io.stagemark.report.CandidateTables} and {@link io.stagemark.report.SubStageTables}
 * show a case's {@link io.stagemark.report.StageDetail}: boxes before and after suppression, and
 * where time goes inside the stages.
 *
 * <p><b>In:</b> a {@link io.stagemark.report.RunResult}. <b>Out:</b> text and files made from it
 * and from nothing else.
 *
 * <p><b>May import:</b> {@code stats}, {@code data}, {@code spi}. <b>Must not know:</b> how
 * anything was measured. Nothing here prints: {@code cli} does.
 *
 * <p><b>Decisions:</b> nanoseconds and ratios inside, ms and FPS at the edge; a version number from
 * the first day (ARCHITECTURE.md).
 */
@NullMarked
package io.stagemark.report;

import org.jspecify.annotations.NullMarked;
