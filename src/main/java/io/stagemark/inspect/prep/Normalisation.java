package io.stagemark.inspect.prep;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What is done to a value 0 to 255: {@code (value · scale − mean) / std}, as in a card.
 *
 * @param scale factor
 * @param mean by channel; one value for all
 * @param std by channel; one value for all
 */
public record Normalisation(double scale, List<Double> mean, List<Double> std) {
  static final List<Double> IMAGENET_MEAN = List.of(0.485, 0.456, 0.406);
  static final List<Double> IMAGENET_STD = List.of(0.229, 0.224, 0.225);

  public Normalisation {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
  }

  /** Values as they are. */
  static Normalisation none() {
    return scaled(1);
  }

  /** Values times a factor. */
  static Normalisation scaled(double scale) {
    return new Normalisation(scale, List.of(0.0), List.of(1.0));
  }

  static Normalisation imageNet() {
    return new Normalisation(1.0 / 255, IMAGENET_MEAN, IMAGENET_STD);
  }

  /** Returns such as {@code /255, ImageNet mean and std} or {@code 0 to 255}. */
  public String text() {
    String factor = scale == 1 ? "0 to 255" : "/" + number(1 / scale);
    if (mean.equals(List.of(0.0)) && std.equals(List.of(1.0))) {
      return factor;
    }
    if (mean.equals(IMAGENET_MEAN) && std.equals(IMAGENET_STD)) {
      return factor + ", ImageNet mean and std";
    }
    return factor + ", mean " + numbers(mean) + ", std " + numbers(std);
  }

  private static String numbers(List<Double> values) {
    return values.stream().map(Normalisation::number).collect(Collectors.joining(" "));
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.5f", value).replaceAll("\\.?0+$", "");
    return text.isEmpty() ? "0" : text;
  }
}
