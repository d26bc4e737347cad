package io.stagemark.trial.proof;

import static java.util.Locale.ROOT;

import io.stagemark.data.Box;
import io.stagemark.data.Detection;
import io.stagemark.data.OutputSummary;
import io.stagemark.data.Prediction;
import io.stagemark.postprocess.DecoderSettings;
import io.stagemark.result.OutputProof.Sign;
import io.stagemark.task.Observation;
import io.stagemark.task.OutputCheck;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Signs that a model card does not fit its model although the shapes do: what a decoder makes of
 * outputs that are not its own. A bound is passed where a sound model of any family stays far from
 * it. Not thread-safe.
 */
final class CardSigns {
  /** A setting below asks for everything, as an evaluation of COCO does: nothing is odd then. */
  private static final double MIN_THRESHOLD = 0.05;

  private static final int MIN_MAXIMUM = 10;
  private static final int MIN_SURE = 10;
  private static final int MIN_DETECTIONS = 20;
  private static final int MIN_NUMBERS = 100;
  private static final int MIN_CANDIDATES = 100;
  private static final double ALIKE = 1e-4;
  private static final double SURE = 0.25;
  private static final String BOXES =
      "draw them (reports: [images]) and compare one image with the model's own code: decoder.type,"
          + " its parameters, the export's last layers";

  private final Map<String, Range> logits = new LinkedHashMap<>();
  private final Range probabilities = new Range();
  private final Range scores = new Range();
  private boolean probabilitiesDecide;
  private int images;
  private int atMaximum;
  private int detections;
  private int inspected;
  private int mostlyAbove;
  private long candidates;
  private long above;
  private long sure;
  private long misplaced;
  private int mostKept;

  /** The smallest and largest of some numbers. */
  private static final class Range {
    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;
    private long count;

    void add(double smallest, double largest, long numbers) {
      low = Math.min(low, smallest);
      high = Math.max(high, largest);
      count += numbers;
    }
  }

  void add(Observation observation) {
    OutputCheck check = observation.check();
    for (OutputCheck.Output output : check.outputs()) {
      OutputSummary summary = output.summary();
      if (output.logits() && summary.min().isPresent()) {
        logits
            .computeIfAbsent(summary.name(), name -> new Range())
            .add(
                summary.min().getAsDouble(),
                summary.max().orElseThrow(),
                summary.shape().stream().reduce(1L, (a, b) -> a * b));
      }
    }
    check
        .probabilities()
        .ifPresent(
            range -> {
              probabilities.add(range.low(), range.high(), 1);
              probabilitiesDecide |= range.decides();
            });
    check.boxes().ifPresent(this::add);
    if (observation.prediction() instanceof Prediction.Objects objects) {
      add(objects.detections(), check.boxes().isEmpty());
    }
  }

  private void add(OutputCheck.Boxes boxes) {
    inspected++;
    candidates += boxes.candidates();
    above += boxes.above();
    sure += boxes.sure();
    misplaced += boxes.misplaced();
    mostlyAbove += 2 * boxes.above() > boxes.candidates() ? 1 : 0;
  }

  private void add(List<Detection> found, boolean alone) {
    images++;
    detections += found.size();
    if (found.size() > mostKept) {
      mostKept = found.size();
      atMaximum = 0;
    }
    atMaximum += found.size() == mostKept ? 1 : 0;
    for (Detection detection : found) {
      scores.add(detection.score(), detection.score(), 1);
      if (alone && detection.score() > SURE) {
        Box box = detection.box();
        sure++;
        misplaced += box.right() - box.left() < 1 || box.bottom() - box.top() < 1 ? 1 : 0;
      }
    }
  }

  /**
   * Returns the signs.
   *
   * @param needsProbabilities whether scores that were asked for cannot be taken of anything else
   */
  List<Sign> found(boolean needsProbabilities, Optional<DecoderSettings> decoder) {
    List<Sign> signs = new ArrayList<>();
    probabilities(needsProbabilities, signs);
    logits(signs);
    if (images > 0) {
      decoder.ifPresent(settings -> boxes(settings, signs));
    }
    return signs;
  }

  private void probabilities(boolean needed, List<Sign> signs) {
    boolean probable =
        probabilities.count == 0
            || new OutputCheck.Range(probabilities.low, probabilities.high, true).isProbable();
    if (!probable && (needed || probabilitiesDecide)) {
      signs.add(
          new Sign(
              needed,
              String.format(
                  ROOT,
                  "numbers that must be probabilities, by the card, are from %.4g to %.4g",
                  probabilities.low,
                  probabilities.high),
              "activation: sigmoid or softmax of that output on the card where class scores are an"
                  + " output of their own, an export that ends in it, or another decoder.type"));
    }
  }

  private void logits(List<Sign> signs) {
    logits.forEach(
        (name, range) -> {
          if (range.count >= MIN_NUMBERS && range.low >= 0 && range.high <= 1 && range.high > 0) {
            signs.add(
                new Sign(
                    false,
                    String.format(
                        ROOT,
                        "output '%s', which a sigmoid or softmax follows, has numbers from %.4g to"
                            + " %.4g alone: they look like probabilities already",
                        name,
                        range.low,
                        range.high),
                    "no activation of this output on the card, or another decoder.type"));
          }
        });
  }

  private void boxes(DecoderSettings decoder, List<Sign> signs) {
    if (detections == 0) {
      note(
          signs,
          String.format(
              ROOT,
              "no detection in any of %d images above decoder.scoreThreshold %s",
              images,
              decoder.scoreThreshold()));
    }
    boolean strict = decoder.scoreThreshold() >= MIN_THRESHOLD;
    if (strict
        && decoder.maxDetections() >= MIN_MAXIMUM
        && mostKept == decoder.maxDetections()
        && atMaximum == images) {
      note(
          signs,
          String.format(
              ROOT, "every image, of %d, has the maximum of %d detections", images, mostKept));
    }
    if (strict && mostlyAbove == inspected && candidates >= (long) MIN_CANDIDATES * inspected) {
      note(
          signs,
          inspected == 0
              ? ""
              : String.format(
                  ROOT,
                  "%d of %d candidates are above decoder.scoreThreshold, most of them in every"
                      + " image",
                  above,
                  candidates));
    }
    if (sure >= MIN_SURE && 2 * misplaced > sure) {
      note(
          signs,
          String.format(
              ROOT,
              "%d of %d boxes with a score above %s are no place in the picture: under 1 px, inside"
                  + " out, outside it, or three times its size",
              misplaced,
              sure,
              SURE));
    }
    if (detections >= MIN_DETECTIONS && scores.high - scores.low <= ALIKE) {
      note(
          signs,
          String.format(
              ROOT, "all %d detections have the same score, %.4f", detections, scores.high));
    }
  }

  private static void note(List<Sign> signs, String found) {
    if (!found.isEmpty()) {
      signs.add(new Sign(false, found, BOXES));
    }
  }
}
