/**
 * Renderers of results: console, Markdown, pictures; {@code html} the page of a run.
 *
 * <pre>
 *   run --RunResult--&gt; result.json --&gt; Reporter: console, markdown, images, ...
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.report.Reporter}.
 *
 * <p><b>In:</b> a {@link io.stagemark.result.RunResult}. <b>Out:</b> text and files made from it
 * and from nothing else.
 *
 * <p><b>Must not know:</b> how anything was measured. Nothing here prints: {@code cli} does.
 */
@NullMarked
package io.stagemark.report;

import org.jspecify.annotations.NullMarked;
