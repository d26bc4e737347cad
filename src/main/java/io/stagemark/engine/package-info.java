/**
 * Runtimes that execute a model, behind one seam: load once, a session for each stream, a timed
 * {@code forward}.
 *
 * <pre>
 *   preprocess --writes--&gt; EngineSession.input(i)  forward()  EngineSession.output(i) --read by--&gt; postprocess
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.engine.Engine}, then {@link
 * io.stagemark.engine.EngineSession}. Three are here: {@code onnxruntime}, {@code pytorch} and
 * {@code constant}, each in its own folder and found by its service file. An engine that can
 * profile says so by {@link io.stagemark.engine.Engine#nodeProfiler} or {@link
 * io.stagemark.engine.Engine#scriptProfiler}.
 *
 * <p><b>In:</b> a model file and {@link io.stagemark.engine.EngineSettings}. <b>Out:</b> tensors
 * over the engine's own memory.
 *
 * <p><b>May import:</b> {@code data}, {@code spi}. <b>Must not know:</b> configs, images, decoders,
 * clocks. Each runtime's classes stay inside its own folder.
 *
 * <p><b>Decisions:</b> every engine words its complaints through {@link
 * io.stagemark.engine.ModelCheck}: where, found, expected, try; the session owns its buffers, so
 * that nothing is copied or allocated in the timed call; nothing falls back in silence
 * (docs/decisions/008-zero-copies.md).
 */
@NullMarked
package io.stagemark.engine;

import org.jspecify.annotations.NullMarked;
