package io.stagemark.result;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.stagemark.stats.Distribution;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One fresh JVM that measured one case.
 *
 * @param index from 1, within its case
 * @param failure why there are no figures: exit code, time limit, the end of standard error; empty
 *     for a good trial
 * @param measured the figures; empty if it failed
 */
public record TrialResult(int index, Optional<String> failure, Optional<Measured> measured) {

  /**
   * The figures of a good trial. As JSON the groups are flat.
   *
   * @param preparation what came before the measured batches
   * @param window the measured batches
   * @param outputs of the measured batches
   * @param samples file of the raw samples, relative to {@code result.json}
   * @param circumstances the circumstances of the measurement; empty in older files
   * @param proof of the figures; empty in files of older programs
   * @param load how load was applied; empty in older files
   * @param unreadable examples that could not be decoded, which the figures and scores are without
   */
  public record Measured(
      @JsonUnwrapped Preparation preparation,
      @JsonUnwrapped Window window,
      @JsonUnwrapped Outputs outputs,
      String samples,
      Optional<Circumstances> circumstances,
      Optional<TrialProof> proof,
      Optional<LoadFigures> load,
      List<UnreadableExample> unreadable) {
    public Measured {
      unreadable = unreadable == null ? List.of() : List.copyOf(unreadable); // in older files
      circumstances = circumstances == null ? Optional.empty() : circumstances; // in older files
      proof = proof == null ? Optional.empty() : proof;
      load = load == null ? Optional.empty() : load; // absent in older files
    }

    /**
     * What came before the measured batches.
     *
     * @param loadNanos engine start, weights and session, in nanoseconds
     * @param warmupBatches batches discarded
     * @param warmupNanos time they took, in nanoseconds
     * @param warmupCourseNanos mean time of a batch along the warm-up, in nanoseconds: at most 100
     *     points, each of as many batches; of several streams the last to settle. Empty without a
     *     warm-up and in older files.
     */
    public record Preparation(
        long loadNanos, int warmupBatches, long warmupNanos, List<Long> warmupCourseNanos) {
      public Preparation {
        warmupCourseNanos = warmupCourseNanos == null ? List.of() : List.copyOf(warmupCourseNanos);
      }

      /** A preparation whose course is not known. */
      public Preparation(long loadNanos, int warmupBatches, long warmupNanos) {
        this(loadNanos, warmupBatches, warmupNanos, List.of());
      }
    }

    /**
     * The measured batches.
     *
     * @param batches batches measured
     * @param images examples in them
     * @param failedBatches batches that the engine failed on: no latency, no prediction
     * @param wallNanos time from the first batch's start to the last one's end, less the pauses in
     *     which outputs were kept for the scores (and less decoding, when total begins at the
     *     image)
     * @param allocatedBytesPerBatch Java heap bytes that the measuring thread allocates for a
     *     further batch: a slope over whole rotations of the data set, without what a trial
     *     allocates once; of several streams their lower median
     * @param stages times of a batch, by stage in order
     */
    public record Window(
        int batches,
        long images,
        int failedBatches,
        long wallNanos,
        double allocatedBytesPerBatch,
        Map<String, Distribution> stages) {}

    /**
     * The outputs of the measured batches.
     *
     * @param fingerprint digest of the raw outputs of the first timed visit of every example
     * @param changedOutputs later batches whose output differed from the first visit's
     */
    public record Outputs(String fingerprint, long changedOutputs) {}

    /** Returns the times of a stage; empty if nothing was measured. */
    public Optional<Distribution> stage(String name) {
      return Optional.ofNullable(window.stages().get(name));
    }

    /** Returns the same figures with their samples in another file. */
    public Measured withSamples(String file) {
      return new Measured(
          preparation, window, outputs, file, circumstances, proof, load, unreadable);
    }

    /** Returns the same figures with other circumstances. */
    public Measured with(Circumstances others) {
      return new Measured(
          preparation, window, outputs, samples, Optional.of(others), proof, load, unreadable);
    }
  }
}
