package io.stagemark.nmscurve;

import io.stagemark.config.ModelCard;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.postprocess.DecoderSettings;
import io.stagemark.postprocess.nms.NmsMethod;
import io.stagemark.postprocess.nms.NmsSettings;
import io.stagemark.preprocess.PreprocessSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What an NMS cost curve is measured on.
 *
 * @param rule name of the rule, such as {@code hard}
 * @param iouThreshold a ratio in [0, 1]
 * @param parameter σ or β of the rule; empty for its own default
 * @param scoreThreshold scores are above it; a ratio in [0, 1)
 * @param classAgnostic boxes of all classes suppress each other
 * @param preNmsTopK candidates that enter the suppression at most, best first
 * @param maxDetections boxes kept at most
 * @param classes that the candidates have
 * @param clustered around objects, or all over the image
 * @param counts of candidates, each at least 1
 * @param sets of boxes at each count, at least 1
 */
public record NmsCurveSetup(
    String rule,
    double iouThreshold,
    OptionalDouble parameter,
    double scoreThreshold,
    boolean classAgnostic,
    int preNmsTopK,
    int maxDetections,
    int classes,
    boolean clustered,
    List<Integer> counts,
    int sets) {
  public NmsCurveSetup {
    counts = counts.stream().sorted().distinct().toList();
  }

  /** Returns the names of the rules. */
  public static List<String> rules() {
    return Arrays.stream(NmsMethod.values())
        .filter(rule -> rule != NmsMethod.NONE)
        .map(PreprocessSettings::configName)
        .toList();
  }

  /**
   * Returns the settings of a model's card in place of this setup's own.
   *
   * @param topK in place of the card's limit of candidates that enter
   * @param ofClasses in place of the card's number of classes
   * @throws BadInputException if the model has no suppression to measure
   */
  public NmsCurveSetup of(ModelCard card, Optional<Integer> topK, Optional<Integer> ofClasses)
      throws BadInputException {
    Optional<DecoderSettings> decoder =
        card.task().decoder().filter(each -> card.task().task().equals("detection"));
    if (decoder.isEmpty() || decoder.get().nmsSettings().method() == NmsMethod.NONE) {
      throw new BadInputException(
          new Problem(
              "--model " + card.name(),
              "task %s, decoder %s: no suppression"
                  .formatted(card.task().task(), decoder.map(DecoderSettings::type).orElse("none")),
              "a detector whose boxes are suppressed",
              "--nms hard, in place of --model"));
    }
    NmsSettings nms = decoder.get().nmsSettings();
    return new NmsCurveSetup(
        PreprocessSettings.configName(nms.method()),
        nms.iouThreshold(),
        nms.parameter(),
        nms.scoreThreshold(),
        nms.agnostic(),
        topK.orElse(nms.preNmsTopK()),
        nms.maxDetections(),
        ofClasses.orElse(card.task().labels().size()),
        clustered,
        counts,
        sets);
  }

  NmsSettings settings() {
    return new NmsSettings(
        Arrays.stream(NmsMethod.values())
            .filter(each -> PreprocessSettings.configName(each).equals(rule))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no rule " + rule)),
        iouThreshold,
        scoreThreshold,
        classAgnostic,
        preNmsTopK,
        maxDetections,
        parameter);
  }
}
