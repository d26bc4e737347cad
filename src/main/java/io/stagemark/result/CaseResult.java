package io.stagemark.result;

import static java.util.Locale.ROOT;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.stagemark.data.ClassFigures;
import io.stagemark.data.PrecisionRecallCurve;
import io.stagemark.data.Score;
import io.stagemark.stats.Distribution;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The result of one case. As JSON, its groups are flat.
 *
 * @param id unique in the run, such as {@code centernet-mbv3-coco/onnxruntime/cpu/t2/b1}
 * @param key its parts
 * @param status how its trials ended
 * @param timed its times, over all good trials
 * @param operations of the model's graph; empty if the model has no graph that can be counted
 * @param scored its scores, of the first good trial
 * @param trials in the order they were run
 * @param proof of the figures; empty before the first trial
 */
public record CaseResult(
    String id,
    Key key,
    Status status,
    @JsonUnwrapped Timed timed,
    Optional<Operations> operations,
    @JsonUnwrapped Scored scored,
    List<TrialResult> trials,
    Optional<CaseProof> proof) {
  /** Name of the derived row between the stages and the total. */
  public static final String GAP = "gap";

  public CaseResult {
    trials = List.copyOf(trials);
    proof = proof == null ? Optional.empty() : proof;
  }

  /**
   * The times of a case.
   *
   * @param stages times of a batch over all good trials, by stage in order, with {@code gap} (total
   *     minus the stages in it) before {@code total}; empty before the first good trial
   * @param framesPerSecond images over wall time, over all good trials; empty before the first
   * @param detail figures beyond the stages' times; empty before the first good trial
   * @param load how load was applied, over all good trials; empty before the first, and in older
   *     files
   * @param sizes the batches of each size of the image input, the smallest first; empty for a case
   *     of one size
   */
  public record Timed(
      Map<String, Distribution> stages,
      Optional<Double> framesPerSecond,
      Optional<StageDetail> detail,
      Optional<LoadFigures> load,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<SizeLatency> sizes) {
    /** Nothing was timed. */
    public static final Timed NONE =
        new Timed(Map.of(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    public Timed {
      detail = detail == null ? Optional.empty() : detail; // absent in older files
      load = load == null ? Optional.empty() : load; // absent in older files
      sizes = sizes == null ? List.of() : List.copyOf(sizes); // absent where there is one
    }
  }

  /**
   * The scores of a case, of the outputs of the first good trial's timed batches.
   *
   * @param scores over the data set
   * @param classes figures of each class, in the model's order; empty for a task without them
   * @param scoresAgree whether every good trial had bit-identical outputs
   * @param curves of precision against recall; empty for scores without them, and in older files
   */
  public record Scored(
      List<Score> scores,
      List<ClassFigures> classes,
      boolean scoresAgree,
      List<PrecisionRecallCurve> curves) {
    /** Nothing was scored. */
    public static final Scored NONE = new Scored(List.of(), List.of(), true, List.of());

    public Scored {
      scores = List.copyOf(scores);
      classes = classes == null ? List.of() : List.copyOf(classes); // absent in older files
      curves = curves == null ? List.of() : List.copyOf(curves); // absent in older files
    }
  }

  /**
   * The parts of a case.
   *
   * @param model name of the model card
   * @param engine name of the engine
   * @param device such as {@code cpu}
   * @param threads intra-op threads of the engine
   * @param batch examples in a forward
   * @param options the engine's own settings
   */
  public record Key(
      String model,
      String engine,
      String device,
      int threads,
      int batch,
      Map<String, String> options) {

    /** Returns such as {@code centernet-mbv3-coco onnxruntime cpu t2 b1}. */
    public String label() {
      return String.format(ROOT, "%s %s %s t%d b%d", model, engine, device, threads, batch);
    }
  }

  /** How the trials of a case ended. */
  public enum Status {
    /** Not all trials were run yet, none failed. */
    PENDING,
    /** Every trial was good. */
    OK,
    /** Some trials failed: the figures come from the others. */
    PARTIAL,
    /** No trial was good: there are no figures. */
    FAILED
  }

  /** Returns the times of a stage; empty before the first good trial. */
  public Optional<Distribution> stage(String name) {
    return Optional.ofNullable(timed.stages().get(name));
  }

  /** Returns the largest peak of physical memory of its trials, in bytes; empty if unknown. */
  public OptionalLong peakRssBytes() {
    return trials.stream()
        .flatMap(trial -> trial.measured().stream())
        .flatMap(measured -> measured.circumstances().stream())
        .flatMap(circumstances -> circumstances.resources().stream())
        .flatMapToLong(resources -> resources.peakRssBytes().stream())
        .max();
  }

  /** Returns the figure of that name. */
  public Optional<Score> score(String name) {
    return scored.scores().stream().filter(s -> s.name().equals(name)).findFirst();
  }
}
