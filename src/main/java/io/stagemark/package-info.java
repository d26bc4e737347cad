/**
 * Stagemark: where the time of an inference pipeline goes, whether its outputs are still right, and
 * whether today's commit made either worse.
 *
 * <pre>
 *   config -&gt; dataset -&gt; preprocess -&gt; engine -&gt; postprocess -&gt; scoring -&gt; stats -&gt; report -&gt; compare
 * </pre>
 *
 * <p>Start reading at {@code run.BenchmarkRun}. A stage never imports another stage: {@code task}
 * binds preprocess, postprocess and scoring for one kind of model, {@code run} joins everything,
 * {@code data} holds the values that travel, {@code cli} alone prints and exits. {@code
 * ArchitectureTest} holds the arrows.
 */
@NullMarked
package io.stagemark;

import org.jspecify.annotations.NullMarked;
