/**
 * Self-contained HTML pages: blocks of text, tables and charts in, one file out.
 *
 * <pre>
 *   html, …: sections of blocks --&gt; Page --&gt; HtmlPage (templates of src/main/jte) --&gt; index.html
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.report.page.HtmlPage}.
 *
 * <p><b>In:</b> plain text, which the templates escape, and SVG and JSON that the program made.
 * <b>Out:</b> a page with its style, its script and its data inside, and a Content Security Policy
 * that lets nothing else in.
 *
 * <p><b>Must not know:</b> what the figures mean.
 *
 * <p><b>Decisions:</b> docs/decisions/049-the-page.md.
 */
@NullMarked
package io.stagemark.report.page;

import org.jspecify.annotations.NullMarked;
