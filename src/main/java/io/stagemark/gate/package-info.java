/**
 * The live gate: baseline and candidate take turns in JVMs of their own.
 *
 * <pre>
 *   PairTurns (parent) --BlockRequest--&gt; BlockProcess --&gt; BlockTrial (child), one for each side
 * </pre>
 *
 * <p>Start reading at {@link io.stagemark.gate.PairTurns}.
 *
 * <p><b>In:</b> a {@link io.stagemark.config.gate.GateConfig}. <b>Out:</b> pairs of measured blocks
 * for {@code compare}.
 *
 * <p><b>Decisions:</b> both sides run on the same cores; batches next to a slow probe of the shared
 * core are left out on all sides (docs/decisions/027-noise-in-the-tail.md).
 */
@NullMarked
package io.stagemark.gate;

import org.jspecify.annotations.NullMarked;
