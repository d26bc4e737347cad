package io.stagemark.inspect.prep;

import io.stagemark.inspect.fact.Fact;
import io.stagemark.inspect.fact.TensorSignature;
import io.stagemark.inspect.head.ImageInput;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Infers what fills the inputs that take no photograph, from their names and from the tables that
 * their values choose rows of.
 *
 * <p>Sources: lyuwenyu/RT-DETR {@code tools/export_onnx.py} ({@code orig_target_sizes} is width,
 * height), PaddleDetection ({@code im_shape} is height, width; {@code scale_factor}), Hugging Face
 * Optimum ({@code attention_mask}, {@code token_type_ids}, {@code position_ids}).
 */
public final class InputFills {
  private static final double SAMPLE_RATE_HZ = 16_000;

  private final Optional<ImageInput> image;
  private final Map<String, Long> rows;

  /**
   * @param image the input that takes a photograph, if one does
   * @param rows of the tables that an input chooses from, by the input's name
   */
  public InputFills(Optional<ImageInput> image, Map<String, Long> rows) {
    this.image = image;
    this.rows = Map.copyOf(rows);
  }

  /**
   * Returns what fills an input; empty for the one that takes the photograph.
   *
   * @param shape with every extent known
   */
  public Optional<Fact<InputFill>> of(TensorSignature input, List<Long> shape) {
    if (image.isPresent() && image.get().name().equals(input.name())) {
      return Optional.empty();
    }
    Optional<Fact<InputFill>> named = byName(input.name().toLowerCase(Locale.ROOT), shape);
    if (named.isPresent()) {
      return named;
    }
    Long table = rows.get(input.name());
    if (table != null) {
      return Optional.of(
          Fact.derived(
              InputFill.drawn(0, table - 1.0), "it chooses from %d rows".formatted(table)));
    }
    return Optional.of(
        input.type().equals("bool")
            ? Fact.assumed(InputFill.of(1.0), "true")
            : Fact.assumed(new InputFill(List.of(), List.of()), "no rule for this name"));
  }

  private Optional<Fact<InputFill>> byName(String name, List<Long> shape) {
    boolean pair = !shape.isEmpty() && shape.get(shape.size() - 1) == 2;
    if (pair && name.matches(".*(orig|target|original|image)_(target_)?sizes?")) {
      return image.map(
          it ->
              Fact.assumed(
                  InputFill.of((double) it.widthPx(), (double) it.heightPx()),
                  "width and height, as RT-DETR's exporter"));
    }
    if (pair && name.matches("im(age)?_shape")) {
      return image.map(
          it ->
              Fact.assumed(
                  InputFill.of((double) it.heightPx(), (double) it.widthPx()),
                  "height and width, as Paddle's exporter"));
    }
    if (name.equals("scale_factor")) {
      return Optional.of(Fact.assumed(InputFill.of(1.0), "Paddle's exporter"));
    }
    if (name.contains("mask")) {
      return Optional.of(Fact.assumed(InputFill.of(1.0), "a mask: everything counts"));
    }
    if (name.matches("(token_type|segment)_ids?")) {
      return Optional.of(Fact.assumed(InputFill.of(0.0), "one sentence"));
    }
    if (name.matches("position_ids?") && !shape.isEmpty()) {
      long length = shape.get(shape.size() - 1);
      return Optional.of(
          Fact.assumed(
              new InputFill(
                  LongStream.range(0, length).mapToObj(at -> (double) at).toList(), List.of()),
              "positions in order"));
    }
    return isSampleRate(name) && shape.size() <= 1
        ? Optional.of(Fact.assumed(InputFill.of(SAMPLE_RATE_HZ), "speech at 16 kHz"))
        : Optional.empty();
  }

  /** Returns whether an input is a rate of samples: the model takes sound. */
  public static boolean isSampleRate(String input) {
    return input.matches("sr|sample_rate|sampling_rate");
  }
}
