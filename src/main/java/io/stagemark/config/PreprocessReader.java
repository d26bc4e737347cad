package io.stagemark.config;

import io.stagemark.data.TensorSpec;
import io.stagemark.preprocess.PreprocessSettings;
import io.stagemark.preprocess.PreprocessSettings.Layout;
import io.stagemark.preprocess.PreprocessSettings.Resize;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads the section {@code preprocess} of a card. A key that the card's resize mode does not use is
 * a problem: its author expected an effect.
 */
final class PreprocessReader {
  /** A section that is right. */
  static final String EXAMPLE =
      "preprocess: {resize: stretch, interpolation: opencv-linear, color: rgb, layout: nchw}";

  private static final Set<Resize> LETTERBOXES =
      EnumSet.of(Resize.LETTERBOX, Resize.LETTERBOX_TOP_LEFT, Resize.LETTERBOX_YOLOX);
  private static final Set<Resize> CENTER_CROP = EnumSet.of(Resize.CENTER_CROP);
  private static final Set<Resize> TO_LONGER_SIDE =
      EnumSet.complementOf(EnumSet.of(Resize.STRETCH, Resize.COVER_CROP));
  private static final Map<Key<?>, Set<Resize>> USED_BY =
      Map.of(
          CardKeys.PAD_VALUE, LETTERBOXES,
          CardKeys.SCALE_UP, LETTERBOXES,
          CardKeys.PAD_STRIDE_PX, LETTERBOXES,
          CardKeys.SHORTER_SIDE_PX, CENTER_CROP,
          CardKeys.LONGER_SIDE_PX, TO_LONGER_SIDE);

  private final Problems problems;

  PreprocessReader(Problems problems) {
    this.problems = problems;
  }

  /** Returns the settings; empty if the card has none. Reports what is wrong with them. */
  Optional<PreprocessSettings> read(Section card) {
    return card.child(CardKeys.PREPROCESS)
        .map(section -> section.knowing(CardKeys.PREPROCESS_KEYS))
        .map(this::settings);
  }

  private PreprocessSettings settings(Section section) {
    section.find(CardKeys.RESIZE).ifPresent(resize -> refuseUnused(section, resize));
    return new PreprocessSettings(
        section.get(CardKeys.RESIZE),
        section.get(CardKeys.INTERPOLATION),
        section.get(CardKeys.COLOR),
        section.get(CardKeys.LAYOUT),
        section.get(CardKeys.SCALE),
        channels(section, CardKeys.MEAN),
        channels(section, CardKeys.STD),
        section.get(CardKeys.PAD_VALUE),
        section.get(CardKeys.SCALE_UP),
        pixels(section, CardKeys.PAD_STRIDE_PX),
        pixels(section, CardKeys.SHORTER_SIDE_PX),
        longerSide(section),
        section.get(CardKeys.MAX_SOURCE_PIXELS));
  }

  private void refuseUnused(Section section, Resize resize) {
    for (Key<?> key : CardKeys.PREPROCESS_KEYS) {
      Set<Resize> users = USED_BY.getOrDefault(key, EnumSet.allOf(Resize.class));
      if (section.has(key) && !users.contains(resize)) {
        problems.add(
            section.placeOf(key),
            "a key that resize: " + PreprocessSettings.configName(resize) + " does not use",
            users.stream()
                .map(PreprocessSettings::configName)
                .collect(Collectors.joining(", ", "only with resize: ", "")),
            "remove this key");
      }
    }
  }

  private static OptionalInt pixels(Section section, Key<Long> key) {
    return section.find(key).stream().mapToInt(Long::intValue).findFirst();
  }

  /** Returns the longer side; reports and leaves out one that does not fit the other keys. */
  private OptionalInt longerSide(Section section) {
    OptionalInt longer = pixels(section, CardKeys.LONGER_SIDE_PX);
    if (longer.isEmpty()) {
      return longer;
    }
    int before = problems.count();
    if (section.find(CardKeys.RESIZE).filter(Resize::isLetterbox).isPresent()) {
      checkMultiple(section, longer.getAsInt());
    } else if (longer.getAsInt() <= pixels(section, CardKeys.SHORTER_SIDE_PX).orElse(0)) {
      int shorter = pixels(section, CardKeys.SHORTER_SIDE_PX).orElse(0);
      problems.add(
          section.placeOf(CardKeys.LONGER_SIDE_PX),
          longer.getAsInt() + ", not more than shorterSidePx " + shorter,
          "more than shorterSidePx",
          "longerSidePx: " + 2 * shorter);
    }
    return problems.count() > before ? OptionalInt.empty() : longer;
  }

  /** Of a letterbox, both sides of the input are the least multiples that hold the image. */
  private void checkMultiple(Section section, int longer) {
    OptionalInt multiple = pixels(section, CardKeys.PAD_STRIDE_PX);
    if (multiple.isEmpty()) {
      problems.add(
          section.placeOf(CardKeys.LONGER_SIDE_PX),
          longer + " without padStridePx",
          "beside it padStridePx: both sides of the input become a multiple of that",
          CardKeys.PAD_STRIDE_PX.line());
    } else if (longer % multiple.getAsInt() != 0) {
      int above = (longer / multiple.getAsInt() + 1) * multiple.getAsInt();
      problems.add(
          section.placeOf(CardKeys.LONGER_SIDE_PX),
          "%d, no multiple of padStridePx %d".formatted(longer, multiple.getAsInt()),
          "a multiple of padStridePx",
          "longerSidePx: " + above);
    }
  }

  /**
   * Checks the sides of the image input: both are known, or both are open and follow from each
   * image.
   *
   * @param inputs that examples fill
   * @param others the card's further inputs
   */
  void checkSides(
      Section card,
      PreprocessSettings settings,
      List<ModelCard.Port> inputs,
      List<ModelCard.Port> others) {
    if (inputs.size() != 1 || inputs.get(0).shape().size() != 4) {
      return; // the task refuses it
    }
    ModelCard.Port image = inputs.get(0);
    String shown = image.withBatch(1).toString();
    int first = settings.layout() == Layout.NCHW ? 2 : 1;
    boolean open = image.shape().get(first) == TensorSpec.DYNAMIC;
    if (open != (image.shape().get(first + 1) == TensorSpec.DYNAMIC)) {
      problems.add(
          card.placeOf(CardKeys.INPUTS),
          "one open side: " + shown,
          "both sides known, or both \"?\": then preprocess.longerSidePx gives each image its size",
          "shape: [N, 3, 640, 640]");
    } else if (open && !settings.sizesByImage() && !says(card, CardKeys.LONGER_SIDE_PX)) {
      problems.add(
          card.placeOf(CardKeys.PREPROCESS),
          "open sides, %s, and no rule that gives each image its size".formatted(shown),
          "resize: letterbox with longerSidePx and padStridePx, or known sides in inputs",
          "resize: letterbox, longerSidePx: 640, padStridePx: 32");
    } else if (open) {
      checkAroundOpen(card, image, others);
    }
  }

  /** A key that is wrong was reported. */
  private static boolean says(Section card, Key<?> key) {
    return card.child(CardKeys.PREPROCESS).filter(section -> section.has(key)).isPresent();
  }

  private void checkAroundOpen(Section card, ModelCard.Port image, List<ModelCard.Port> others) {
    for (ModelCard.Port other : others) {
      if (other.shape().contains(TensorSpec.DYNAMIC)) {
        problems.add(
            card.placeOf(CardKeys.INPUTS),
            "%s, beside an image input of open sides".formatted(other.withBatch(1)),
            "known extents of every input but the image: only its sides follow from the image",
            "known sides of input " + YamlText.oneLine(image.name()));
      }
    }
    if (!card.has(CardKeys.OUTPUTS)) {
      problems.add(
          card.placeOf(CardKeys.OUTPUTS),
          "no outputs on a card whose image input has open sides",
          "the outputs, with \"?\" for each extent that changes with the size of the input",
          "outputs: [{name: output, type: float32, shape: [N, 84, \"?\"]}]");
    }
  }

  /** Returns one value or three; a harmless one where they are wrong. */
  private List<Double> channels(Section section, Key<Double> key) {
    int before = problems.count();
    List<Section.Entry<Double>> entries = section.list(key);
    if (entries.size() == 2 || entries.size() > 3) {
      problems.add(
          section.placeOf(key),
          entries.size() + " values",
          "1 value, or 3: one a channel",
          key.line());
    }
    for (Section.Entry<Double> entry : entries) {
      if (key.equals(CardKeys.STD) && entry.value() == 0) {
        problems.add(entry.place(), "0", "a number that is not 0: it divides", key.line());
      }
    }
    return problems.count() > before
        ? List.of(1.0)
        : entries.stream().map(Section.Entry::value).toList();
  }
}
