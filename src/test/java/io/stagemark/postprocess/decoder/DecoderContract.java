package io.stagemark.postprocess.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagemark.data.DenseCandidates;
import io.stagemark.data.ElementType;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.postprocess.nms.BoxList;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Decoder} keeps to. A test of a decoder extends it and names the decoder and
 * outputs that it reads.
 */
public abstract class DecoderContract {
  private static final Offset<Double> CLOSE = Offset.offset(1e-3);

  /** Returns the decoder under test. */
  protected abstract Decoder decoder();

  /** Returns the number of class names of the model. */
  protected abstract int classes();

  /** Returns the side of the model's square input, in pixels. */
  protected abstract int sidePx();

  /** Returns shapes of outputs that it reads, without the batch. */
  protected abstract List<List<Long>> shapes();

  /** Returns a number of an output, in [0, 1) by default. */
  protected float number(int output, Random random) {
    return random.nextFloat();
  }

  private List<TensorSpec> specs(long batch) {
    List<TensorSpec> specs = new ArrayList<>();
    for (List<Long> shape : shapes()) {
      List<Long> whole = new ArrayList<>(List.of(batch));
      whole.addAll(shape);
      specs.add(new TensorSpec("out" + specs.size(), ElementType.FLOAT32, whole));
    }
    return specs;
  }

  private Head head(List<TensorSpec> outputs) {
    Map<String, String> parameters = new HashMap<>();
    decoder().parameters().forEach(each -> parameters.put(each.name(), each.fallback()));
    return new Head(decoder().name(), classes(), outputs, sidePx(), sidePx(), parameters);
  }

  /** Outputs of two images with the same numbers in [0, 1). */
  private List<Tensor> twins() {
    Random random = new Random(7);
    List<Tensor> tensors = specs(2).stream().map(Tensor::allocate).toList();
    for (int t = 0; t < tensors.size(); t++) {
      FloatBuffer floats = tensors.get(t).floats();
      int half = floats.capacity() / 2;
      for (int i = 0; i < half; i++) {
        float value = number(t, random);
        floats.put(i, value);
        floats.put(half + i, value);
      }
    }
    return tensors;
  }

  private static BoxList decoded(BoxDecoder decoder, List<Tensor> outputs, int slot, float above) {
    BoxList boxes = new BoxList(4);
    decoder.filter(outputs::get, slot, new BoxDecoder.Filter(above, false), boxes);
    decoder.locate(outputs::get, slot, boxes);
    return boxes;
  }

  private static List<String> lines(BoxList boxes) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < boxes.size(); i++) {
      lines.add(
          "%s of class %d, candidate %d: %s %s %s %s"
              .formatted(
                  boxes.scores()[i],
                  boxes.classIds()[i],
                  boxes.sources()[i],
                  boxes.left()[i],
                  boxes.top()[i],
                  boxes.right()[i],
                  boxes.bottom()[i]));
    }
    return lines;
  }

  @Test
  void name_isOfTheRegistry() {
    assertThat(decoder().name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
    assertThat(decoder().description()).isNotBlank().doesNotContain("\n");
    assertThat(Decoders.get(decoder().name())).hasSameClassAs(decoder());
  }

  @Test
  void parameters_haveNamesOfTheirOwnAndDefaultsInTheirRange() {
    assertThat(decoder().parameters()).extracting(DecoderParameter::name).doesNotHaveDuplicates();
    assertThat(decoder().parameters())
        .allMatch(each -> each.fallback().isEmpty() || each.allows(each.fallback()));
  }

  @Test
  void parts_ofACardThatSaysNothing_areThoseOfTheDecoder() {
    assertThat(decoder().parts(Map.of())).isEqualTo(decoder().parts());
  }

  @Test
  void create_otherOutputs_areRefusedWithWhatItReads() {
    for (List<TensorSpec> outputs :
        List.of(
            List.<TensorSpec>of(),
            List.of(new TensorSpec("o", ElementType.FLOAT32, List.of(1L))))) {
      assertThatThrownBy(() -> decoder().create(head(outputs)))
          .isInstanceOf(LayoutException.class)
          .hasMessageContaining("decoder '" + decoder().name() + "'");
    }
  }

  @Test
  void filter_candidates_areAboveTheThresholdAndOfAKnownClass() {
    List<Tensor> outputs = twins();
    BoxDecoder decoder = decoder().create(head(specs(2)));
    BoxList all = decoded(decoder, outputs, 0, 0);
    assertThat(all.size()).isPositive();
    for (int i = 0; i < all.size(); i++) {
      assertThat(all.scores()[i]).isPositive();
      assertThat(all.classIds()[i]).isBetween(0, classes() - 1);
      assertThat(all.sources()[i]).isNotNegative();
    }
    float best = 0;
    for (int i = 0; i < all.size(); i++) {
      best = Math.max(best, all.scores()[i]);
    }
    assertThat(decoded(decoder, outputs, 0, best).size()).isZero();
  }

  @Test
  void decode_slotAfterAnother_dependsOnItsOwnNumbersAlone() {
    List<Tensor> outputs = twins();
    BoxDecoder decoder = decoder().create(head(specs(2)));
    List<String> first = lines(decoded(decoder, outputs, 0, 0));
    assertThat(lines(decoded(decoder, outputs, 1, 0))).isEqualTo(first);
    assertThat(lines(decoded(decoder, outputs, 0, 0))).isEqualTo(first);
    for (Tensor tensor : outputs) { // the second image is empty
      FloatBuffer floats = tensor.floats();
      for (int i = floats.capacity() / 2; i < floats.capacity(); i++) {
        floats.put(i, 0);
      }
    }
    assertThat(lines(decoded(decoder, outputs, 0, 0))).isEqualTo(first);
    assertThat(lines(decoded(decoder, outputs, 1, 0))).isNotEqualTo(first);
  }

  @Test
  void dense_candidates_haveTheScoresAndBoxesOfTheFiltered() {
    List<Tensor> outputs = twins();
    BoxDecoder decoder = decoder().create(head(specs(2)));
    List<Double> probabilities = new ArrayList<>();
    decoder.probabilities(outputs::get, 1, probabilities::add);
    assertThat(probabilities).allMatch(each -> each >= 0 && each <= 1);
    if (!decoder.hasDense()) {
      assertThat(decoder.nonFinite(outputs::get, 1)).isZero();
      return;
    }
    DenseCandidates dense = decoder.dense(outputs::get, 1, BoxDecoder.UNMAPPED);
    assertThat(dense.classes()).isEqualTo(classes());
    BoxList boxes = decoded(decoder, outputs, 1, 0);
    for (int i = 0; i < boxes.size(); i++) {
      int candidate = boxes.sources()[i];
      assertThat(candidate).isLessThan(dense.count());
      assertThat(dense.edge(candidate, 0)).isCloseTo(boxes.left()[i], CLOSE);
      assertThat(dense.edge(candidate, 3)).isCloseTo(boxes.bottom()[i], CLOSE);
      double score = dense.score(candidate, boxes.classIds()[i]);
      assertThat(dense.logits() ? 1 / (1 + Math.exp(-score)) : score)
          .isCloseTo(boxes.scores()[i], CLOSE);
    }
  }
}
