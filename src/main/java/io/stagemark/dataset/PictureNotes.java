package io.stagemark.dataset;

import io.stagemark.image.ImageHeader.Trait;
import java.util.List;

/**
 * Notes what is done with pictures that are more, or other, than one picture of red, green, blue.
 */
final class PictureNotes {
  private PictureNotes() {}

  static void add(FoundNotes notes, String where, List<Example> examples) {
    notes.count(
        where,
        "1 CMYK JPEG is converted to RGB without its colour profile",
        "%d CMYK JPEGs are converted to RGB without their colour profiles",
        with(Trait.CMYK, examples));
    notes.count(
        where,
        "1 file holds more than one picture: the first is used",
        "%d files hold more than one picture: the first of each is used",
        with(Trait.MORE_PICTURES, examples));
  }

  private static List<String> with(Trait trait, List<Example> examples) {
    return examples.stream()
        .filter(example -> example.image().filter(it -> it.traits().contains(trait)).isPresent())
        .map(Example::id)
        .toList();
  }
}
