package io.stagemark.config;

import io.stagemark.preprocess.PreprocessSettings;
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
  private static final Map<Key<?>, Set<Resize>> USED_BY =
      Map.of(
          CardKeys.PAD_VALUE, LETTERBOXES,
          CardKeys.SCALE_UP, LETTERBOXES,
          CardKeys.PAD_STRIDE_PX, LETTERBOXES,
          CardKeys.SHORTER_SIDE_PX, CENTER_CROP,
          CardKeys.LONGER_SIDE_PX, CENTER_CROP);

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

  /** Returns the limit; reports and leaves out one that is not more than the shorter side. */
  private OptionalInt longerSide(Section section) {
    OptionalInt longer = pixels(section, CardKeys.LONGER_SIDE_PX);
    OptionalInt shorter = pixels(section, CardKeys.SHORTER_SIDE_PX);
    if (longer.isPresent() && longer.getAsInt() <= shorter.orElse(0)) {
      problems.add(
          section.placeOf(CardKeys.LONGER_SIDE_PX),
          longer.getAsInt() + ", not more than shorterSidePx " + shorter.orElse(0),
          "more than shorterSidePx",
          "longerSidePx: " + 2 * shorter.orElse(0));
      return OptionalInt.empty();
    }
    return longer;
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
