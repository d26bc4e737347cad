package io.stagemark.inspect.prep;

import io.stagemark.inspect.fact.Fact;
import io.stagemark.inspect.fact.Grade;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * How a photograph becomes the input, in the words of a card's {@code preprocess}.
 *
 * @param resize {@code stretch}, {@code letterbox}, {@code letterbox-top-left}, {@code
 *     letterbox-yolox} or {@code center-crop}
 * @param padValue of a letterbox, 0 to 255; absent for another resize
 * @param color {@code rgb}, {@code bgr} or {@code grey}
 * @param layout {@code nchw} or {@code nhwc}
 * @param normalisation of the values
 */
public record Preparation(
    Fact<String> resize,
    OptionalDouble padValue,
    Fact<String> color,
    Fact<String> layout,
    Fact<Normalisation> normalisation) {

  /** Returns the grade of the least sure of its parts. */
  public Grade grade() {
    return Stream.of(resize, color, layout, normalisation)
        .map(Fact::grade)
        .reduce(Grade.STATED, Grade::and);
  }

  /** Returns such as {@code letterbox 114, rgb, /255}. */
  public String text() {
    String pad = padValue.isPresent() ? " " + Math.round(padValue.getAsDouble()) : "";
    String axes = layout.value().equals("nhwc") ? ", nhwc" : "";
    return resize.value() + pad + ", " + color.value() + axes + ", " + normalisation.value().text();
  }

  /** Returns the source of the least sure of its parts. */
  public String source() {
    return Stream.of(resize, color, normalisation, layout)
        .filter(fact -> fact.grade() == grade())
        .map(Fact::source)
        .findFirst()
        .orElse("");
  }
}
