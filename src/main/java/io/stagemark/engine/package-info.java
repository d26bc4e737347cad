/**
 * Runtimes that execute a model, behind one seam: load once, a session for each stream, a timed
 * {@code forward}.
 *
 * <pre>
 *   preprocess --writes--&gt; EngineSession.input(i)  forward()  EngineSession.output(i) --read by--&gt; postprocess
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.engine.Engine}, then {@link
 * io.stagemark.engine.EngineSession}.
 *
 * <p><b>In:</b> a model file and {@link io.stagemark.engine.EngineSettings}. <b>Out:</b> tensors
 * over the engine's own memory.
 *
 * <p><b>May import:</b> {@code data}, {@code spi}. <b>Must not know:</b> configs, images, decoders,
 * clocks. Each runtime's classes stay inside its own folder.
 *
 * <p><b>Decisions:</b> the session owns its buffers, so that nothing is copied or allocated in the
 * timed call; nothing falls back in silence (ARCHITECTURE.md).
 */
@NullMarked
package io.stagemark.engine;

import org.jspecify.annotations.NullMarked;
