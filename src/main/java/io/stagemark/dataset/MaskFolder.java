package io.stagemark.dataset;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Truth;
import io.stagemark.image.ImageFault;
import io.stagemark.image.ImageFormat;
import io.stagemark.image.ImageHeader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Images with a class for each pixel: a mask of the same stem in another folder, {@code street.jpg}
 * and {@code street.png}.
 */
final class MaskFolder {
  private static final int IHDR_BYTES = 26;
  private static final int DEPTH_AT = 24;
  private static final String EXPECTED = "an 8-bit grey PNG of the image's size, a class a pixel";

  private MaskFolder() {}

  /** Returns the images in the order of their names. */
  static List<Example> read(DatasetSettings settings, FoundNotes notes) throws BadInputException {
    FoundProblems problems = new FoundProblems();
    Path masks = settings.truth().orElseThrow();
    List<Example> examples = new ArrayList<>();
    Set<Path> used = new HashSet<>();
    HeaderReads reads = HeaderReads.of(settings);
    int most = settings.limit().orElse(Integer.MAX_VALUE);
    for (Path file : ImageFolder.files(settings.path(), masks, problems, notes)) {
      String name = String.valueOf(file.getFileName());
      Path mask = masks.resolve(name.replaceFirst("\\.[^.]*$", "") + ".png");
      used.add(mask);
      if (examples.size() < most) {
        Example example = new Example(name, file, List.of(), new Truth.Mask(mask));
        examples.add(reads.includes(name) ? checked(example, mask, problems) : example);
      }
    }
    problems.throwIfAny(settings.path().toString());
    noteRest(masks, used, notes);
    return examples;
  }

  private static Example checked(Example example, Path mask, FoundProblems problems) {
    Example checked = ImageFolder.checked(example, problems);
    fault(mask, checked.image())
        .ifPresent(
            fault ->
                problems.add(
                    mask.toString(),
                    fault,
                    EXPECTED + ", for " + example.id(),
                    "in Python: PIL.Image.fromarray(mask.astype('uint8')).save(path)"));
    return checked;
  }

  private static void noteRest(Path masks, Set<Path> used, FoundNotes notes) {
    try {
      FolderFiles content = FolderFiles.of(masks);
      notes.count(
          String.valueOf(masks.getFileName()),
          "1 mask without a picture is left out",
          "%d masks without a picture are left out",
          FolderFiles.names(content.images().stream().filter(it -> !used.contains(it)).toList()));
      new FolderFiles(List.of(), content.folders(), content.others()).noteRest(notes, masks);
    } catch (IOException e) {
      notes.add(masks.getFileName() + ": cannot be listed");
    }
  }

  private static Optional<String> fault(Path mask, Optional<ImageHeader> image) {
    try {
      ImageHeader own = ImageHeader.readWhole(mask);
      Optional<String> kind = kindFault(mask, own);
      return kind.isPresent() ? kind : image.flatMap(it -> sizeFault(own, it));
    } catch (ImageFault e) {
      return Optional.of(e.reason());
    }
  }

  private static Optional<String> sizeFault(ImageHeader mask, ImageHeader image) {
    if (mask.widthPx() == image.widthPx() && mask.heightPx() == image.heightPx()) {
      return Optional.empty();
    }
    boolean stored = image.isTurned() && mask.size().equals(image.storedSize());
    return Optional.of(
        "a mask of %s for an image of %s%s"
            .formatted(
                mask.size(),
                image.size(),
                stored
                    ? " upright: its orientation tag turns it, and the mask has the size as stored"
                    : ""));
  }

  /** Colours and palettes would be turned into brightness by a decoder: another class. */
  private static Optional<String> kindFault(Path mask, ImageHeader header) {
    if (header.format() != ImageFormat.PNG) {
      return Optional.of("no PNG");
    }
    try (InputStream in = Files.newInputStream(mask)) {
      byte[] head = in.readNBytes(IHDR_BYTES);
      return head.length == IHDR_BYTES && head[DEPTH_AT] == 8 && head[DEPTH_AT + 1] == 0
          ? Optional.empty()
          : Optional.of(
              "a PNG of %d bits and colour type %d".formatted(head[DEPTH_AT], head[DEPTH_AT + 1]));
    } catch (IOException e) {
      return Optional.of("unreadable: " + e.getMessage());
    }
  }
}
