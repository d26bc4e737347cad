package io.stagemark.run.record;

import io.stagemark.config.CaseSpec;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Tensor;
import io.stagemark.result.Parity;
import io.stagemark.trial.TrialOutcome;
import io.stagemark.trial.proof.OutputFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Compares the raw outputs that different engines made of the same inputs with the same weights:
 * the first case of each engine against the first case of the model.
 */
public final class EngineParity {
  private final List<MeasuredCase> measured = new ArrayList<>();

  private record MeasuredCase(CaseSpec spec, Path folder, TrialOutcome outcome) {}

  /**
   * Adds the first good trial of a case.
   *
   * @param folder the trial's folder, which holds its {@link OutputFiles}
   */
  public void add(CaseSpec spec, Path folder, TrialOutcome outcome) {
    boolean known =
        measured.stream()
            .anyMatch(
                k ->
                    k.spec().model().equals(spec.model())
                        && k.spec().engine().equals(spec.engine())
                        && k.spec().batch() == spec.batch());
    if (!known && !outcome.inputFingerprints().isEmpty()) {
      measured.add(new MeasuredCase(spec, folder, outcome));
    }
  }

  /** Returns a comparison for each engine after the first of its model and batch. */
  public List<Parity> compare() throws BadInputException {
    List<Parity> found = new ArrayList<>();
    Map<String, MeasuredCase> references = new HashMap<>();
    for (MeasuredCase candidate : measured) {
      String key = candidate.spec().model().name() + "/" + candidate.spec().batch();
      MeasuredCase reference = references.putIfAbsent(key, candidate);
      if (reference != null) {
        found.add(compare(reference, candidate));
      }
    }
    return found;
  }

  private static Parity compare(MeasuredCase reference, MeasuredCase candidate)
      throws BadInputException {
    int examples =
        Math.min(
            reference.outcome().inputFingerprints().size(),
            candidate.outcome().inputFingerprints().size());
    List<Parity.Output> outputs = new ArrayList<>();
    List<String> names = reference.outcome().outputNames();
    for (int output = 0; output < names.size(); output++) {
      double worst = 0;
      for (int example = 0; example < examples; example++) {
        worst =
            Math.max(
                worst,
                maxAbsoluteDifference(
                    OutputFiles.read(reference.folder(), example, output),
                    OutputFiles.read(candidate.folder(), example, output)));
      }
      outputs.add(new Parity.Output(names.get(output), worst));
    }
    return new Parity(
        reference.spec().model().name(),
        reference.spec().id(),
        candidate.spec().id(),
        examples,
        Objects.equals(
            reference.outcome().inputFingerprints().subList(0, examples),
            candidate.outcome().inputFingerprints().subList(0, examples)),
        outputs);
  }

  /** Returns max |a − b|; NaN where shapes differ or one side alone is NaN. */
  public static double maxAbsoluteDifference(Tensor a, Tensor b) {
    if (!a.spec().shape().equals(b.spec().shape()) || a.spec().type() != b.spec().type()) {
      return Double.NaN;
    }
    if (!a.spec().type().isFloating()) {
      return a.bytes().equals(b.bytes()) ? 0 : Double.NaN;
    }
    int elements = Math.toIntExact(a.spec().elements());
    double worst = 0;
    for (int i = 0; i < elements; i++) {
      double x = a.number(i);
      double y = b.number(i);
      // Equal infinities have no difference, though their subtraction is NaN; so have two NaNs.
      if (Double.compare(x, y) != 0) {
        worst = Math.max(worst, Math.abs(x - y));
      }
    }
    return worst;
  }
}
