package io.stagemark.postprocess.decoder.dense;

import io.stagemark.data.object.ObjectPart;
import io.stagemark.postprocess.decoder.BoxDecoder.LastStep;
import io.stagemark.postprocess.decoder.DecoderParameter;
import io.stagemark.postprocess.decoder.Head;
import io.stagemark.postprocess.decoder.LayoutException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The parameters that several families have, by one name and with one meaning. */
public final class Parameters {
  /** How many key points an object has. */
  public static final String KEY_POINTS = "keyPoints";

  /** More than any object has. */
  public static final int MAX_KEY_POINTS = 10_000;

  private static final String SCORES = "scores";
  private static final String BOX = "box";
  private static final String UNIT = "unit";
  private static final String CENTRE = "centre";
  private static final String STRIDES = "strides";
  private static final String ANCHORS = "anchors";
  private static final String PIXELS = "pixels";
  private static final String LOGITS = "logits";
  private static final int MAX_STRIDE = 1024;
  private static final int MAX_ANCHOR_PX = 65_536;

  private Parameters() {}

  /** Whether a sigmoid is still to be taken of the scores: by default it is in the graph. */
  public static DecoderParameter probabilities() {
    return DecoderParameter.word(SCORES, "probabilities", LOGITS);
  }

  /** Whether a sigmoid is still to be taken of the scores: by default it is. */
  public static DecoderParameter logits() {
    return DecoderParameter.word(SCORES, LOGITS, "probabilities");
  }

  /** Returns the last step that {@link #probabilities} or {@link #logits} leaves. */
  public static LastStep sigmoid(Head head) {
    return head.word(SCORES).equals(LOGITS) ? LastStep.SIGMOID : LastStep.NONE;
  }

  /** What the four numbers of a box are. */
  public static DecoderParameter box(PlainBoxes.Order first) {
    return DecoderParameter.word(BOX, CardWord.of(first, PlainBoxes.Order.values()));
  }

  /** What boxes are measured in. */
  public static DecoderParameter unit(boolean pixels) {
    return pixels
        ? DecoderParameter.word(UNIT, PIXELS, "fractions")
        : DecoderParameter.word(UNIT, "fractions", PIXELS);
  }

  /** Returns the boxes that {@link #box} and {@link #unit} say. */
  public static PlainBoxes boxes(Head head) {
    PlainBoxes.Order order = CardWord.find(PlainBoxes.Order.values(), head.word(BOX));
    return boxes(head, order, head.word(UNIT).equals(PIXELS));
  }

  /** Returns boxes of some order. */
  public static PlainBoxes boxes(Head head, PlainBoxes.Order order, boolean pixels) {
    return new PlainBoxes(
        order, pixels ? 1 : head.inputWidthPx(), pixels ? 1 : head.inputHeightPx());
  }

  /** Where a cell's centre is. */
  public static DecoderParameter centre(Places.Centre first) {
    return DecoderParameter.word(CENTRE, CardWord.of(first, Places.Centre.values()));
  }

  /** Returns what {@link #centre} says. */
  public static Places.Centre centre(Head head) {
    return CardWord.find(Places.Centre.values(), head.word(CENTRE));
  }

  /** The strides of the grids, in px. */
  public static DecoderParameter strides(double... fallback) {
    return DecoderParameter.numbers(STRIDES, 1, MAX_STRIDE, fallback);
  }

  /** Returns the strides, in px. */
  public static int[] strides(Head head) {
    return head.numbers(STRIDES).stream().mapToInt(Double::intValue).toArray();
  }

  /** Width and height of each anchor of each stride, in px. */
  public static DecoderParameter anchors(double... fallback) {
    return DecoderParameter.numbers(ANCHORS, 0, MAX_ANCHOR_PX, fallback);
  }

  /** Returns width, height, width, height, … of the anchors, in px; none: the family's rule. */
  public static float[] anchors(Head head) {
    List<Double> numbers = head.numbers(ANCHORS);
    float[] anchors = new float[numbers.size()];
    for (int i = 0; i < anchors.length; i++) {
      anchors[i] = numbers.get(i).floatValue();
    }
    return anchors;
  }

  /**
   * How many key points are read of each object: by default none, whether the model has outputs of
   * them or not.
   */
  public static DecoderParameter keyPoints() {
    return new DecoderParameter(KEY_POINTS, 0, MAX_KEY_POINTS, 0);
  }

  /** Returns what {@link #keyPoints} says. */
  public static int keyPoints(Head head) {
    return (int) head.parameter(KEY_POINTS);
  }

  /** Returns what a decoder with {@link #keyPoints} finds of an object besides its box. */
  public static Set<ObjectPart> parts(Map<String, String> parameters) {
    return Double.parseDouble(parameters.getOrDefault(KEY_POINTS, "0")) >= 1
        ? Set.of(ObjectPart.KEY_POINTS)
        : Set.of();
  }

  /**
   * Returns the refusal of a card that asks for key points of a model that has no numbers of them.
   *
   * @param expected the numbers that were looked for
   */
  public static LayoutException noKeyPoints(Head head, String expected) {
    return head.refusal(
        "%d key points: %s".formatted(keyPoints(head), expected),
        () ->
            "decoder.parameters: {%s: 0}, which reads boxes alone, or an export with key points"
                .formatted(KEY_POINTS));
  }
}
