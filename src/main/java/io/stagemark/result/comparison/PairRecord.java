package io.stagemark.result.comparison;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One pair of a live gate: where its raw samples are, and what the machine did meanwhile. Files are
 * NumPy arrays next to {@code comparison.json}: int64 nanoseconds, a row a batch, the columns
 * decode, preprocess, forward, postprocess, total, and 64 where the batch met a shared core.
 *
 * @param baseline file of the baseline's JVM, such as {@code samples/pair01-baseline.npy}
 * @param candidate file of the candidate's
 * @param control file of the baseline's second JVM, if there was one
 * @param stealShare part of the processors' time, in [0, 1], that the hypervisor gave to others
 *     during the turns; empty where the system does not report it
 * @param footprints memory of both; empty in older files, and where a side's build reports none
 * @param placement which processors measured, or why none were chosen; empty in older files
 * @param sharedCore batches that met a shared core; empty in older files, and where no probe was
 *     taken
 */
public record PairRecord(
    String baseline,
    String candidate,
    Optional<String> control,
    OptionalDouble stealShare,
    Optional<PairFootprints> footprints,
    Optional<String> placement,
    Optional<SharedCore> sharedCore) {
  public PairRecord {
    footprints = footprints == null ? Optional.empty() : footprints;
    placement = placement == null ? Optional.empty() : placement;
    sharedCore = sharedCore == null ? Optional.empty() : sharedCore;
  }
}
