package io.stagemark.dataset;

import io.stagemark.data.RegularFile;
import io.stagemark.image.ImageFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is in a folder of images, each list in the order of names: pictures (by their names, or else
 * by their content), folders, and other files. Known companions, which a desktop, a notebook or a
 * version control leaves in every folder, are in none of the lists.
 *
 * @param images that are read, or would have to be: a picture of a format that is not read is one
 * @param folders in it
 * @param others files that are no pictures
 */
record FolderFiles(List<Path> images, List<Path> folders, List<Path> others) {
  private static final Set<String> ENDINGS =
      Set.of(
          "jpg", "jpeg", "jpe", "jfif", "jif", "pjpeg", "pjp", "mpo", "png", "apng", "webp", "bmp",
          "dib", "tif", "tiff", "jp2", "j2k", "j2c", "jpc", "jpf", "jpx", "ppm", "pgm", "pbm",
          "pnm", "pam", "gif", "avif", "heic", "heif", "jxl", "psd", "svg", "exr", "hdr", "dds",
          "ico", "tga", "pcx", "dng", "cr2", "cr3", "nef", "arw", "orf", "rw2", "raf");
  private static final Set<String> COMPANIONS =
      Set.of(
          ".ds_store",
          ".appledouble",
          ".spotlight-v100",
          ".fseventsd",
          ".trashes",
          "__macosx",
          "icon\r",
          "thumbs.db",
          "ehthumbs.db",
          "desktop.ini",
          "$recycle.bin",
          "system volume information",
          ".directory",
          "lost+found",
          "@eadir",
          "#recycle",
          ".nomedia",
          ".picasa.ini",
          ".ipynb_checkpoints",
          "__pycache__",
          ".git",
          ".gitignore",
          ".gitattributes",
          ".gitkeep",
          ".keep",
          ".svn",
          ".hg",
          ".dvc");

  /** COCO's annotations are often next to the images. */
  private static final String ANNOTATIONS = ".json";

  private static final List<String> COMPANION_STARTS =
      List.of("._", ".nfs", ".fuse_hidden", ".~lock.", ".trash-");

  FolderFiles {
    images = List.copyOf(images);
    folders = List.copyOf(folders);
    others = List.copyOf(others);
  }

  /** Lists a folder. */
  static FolderFiles of(Path folder) throws IOException {
    List<Path> images = new ArrayList<>();
    List<Path> folders = new ArrayList<>();
    List<Path> others = new ArrayList<>();
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.filter(it -> !isCompanion(it)).sorted().toList()) {
        (Files.isDirectory(entry) ? folders : isImage(entry) ? images : others).add(entry);
      }
    }
    return new FolderFiles(images, folders, others);
  }

  /** Returns whether programs leave such a file or folder among others. */
  static boolean isCompanion(Path entry) {
    String name = lower(entry);
    return COMPANIONS.contains(name)
        || COMPANION_STARTS.stream().anyMatch(name::startsWith)
        || name.endsWith(ANNOTATIONS);
  }

  /** A name that says so needs no look inside; what it holds is checked where it is used. */
  private static boolean isImage(Path file) {
    String name = lower(file);
    int dot = name.lastIndexOf('.');
    if (dot >= 0 && ENDINGS.contains(name.substring(dot + 1))) {
      return true;
    }
    try (InputStream in = RegularFile.open(file)) {
      byte[] start = in.readNBytes(ImageFormat.SIGNATURE_BYTES);
      return ImageFormat.of(ByteBuffer.wrap(start)).filter(it -> !it.isWeak()).isPresent();
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns the same content without a folder that the data set reads itself. */
  FolderFiles without(Path folder) {
    return new FolderFiles(
        images,
        folders.stream().filter(it -> !it.normalize().equals(folder.normalize())).toList(),
        others);
  }

  /** Notes the files that are no pictures, and the folders with how many pictures they hold. */
  void noteRest(FoundNotes notes, Path folder) {
    String where = String.valueOf(folder.getFileName());
    notes.count(
        where,
        "1 file that is no picture is left out",
        "%d files that are no pictures are left out",
        names(others));
    notes.count(
        where,
        "1 folder is left out",
        "%d folders are left out",
        folders.stream().map(FolderFiles::described).toList());
  }

  private static String described(Path folder) {
    String name = String.valueOf(folder.getFileName());
    try {
      int pictures = of(folder).images.size();
      return pictures == 0
          ? name
          : name + " with " + pictures + (pictures == 1 ? " picture" : " pictures");
    } catch (IOException e) {
      return name;
    }
  }

  /** Returns the names alone. */
  static List<String> names(List<Path> paths) {
    return paths.stream().map(path -> String.valueOf(path.getFileName())).toList();
  }

  private static String lower(Path entry) {
    return String.valueOf(entry.getFileName()).toLowerCase(Locale.ROOT);
  }
}
