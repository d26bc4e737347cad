package io.stagemark.spark;

import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * A folder with config, models and data: on this file system, where it is used in place, on one of
 * Hadoop's ({@code hdfs:}, {@code s3a:} and others), or in a zip file.
 *
 * @param address path or URI of the folder or zip file
 * @param shipped whether executors get the zip file from Spark
 */
record HomeFolder(String address, boolean shipped) implements Serializable {
  private static final String ZIP = ".zip";

  /** Returns whether it is a file that can be sent with a job. */
  boolean isLocalZip() {
    return isLocal() && address.endsWith(ZIP);
  }

  private boolean isLocal() {
    int colon = address.indexOf(':');
    return colon < 2 || address.startsWith("file:"); // one letter is a drive
  }

  /** Returns the path of a local one. */
  Path path() {
    Path path = address.startsWith("file:") ? Path.of(URI.create(address)) : Path.of(address);
    return path.toAbsolutePath().normalize();
  }

  /**
   * Returns the folder on an executor, copied if it has to be.
   *
   * @param scratch folder that copies go to
   */
  Path onExecutor(Configuration hadoop, Path scratch) throws IOException {
    return shipped
        ? unpacked(ProgramFiles.received(String.valueOf(path().getFileName())), scratch)
        : here(hadoop, scratch);
  }

  /** Returns the folder on this machine, copied if it has to be. */
  Path here(Configuration hadoop, Path scratch) throws IOException {
    if (isLocal()) {
      return isLocalZip() ? unpacked(path(), scratch) : path();
    }
    org.apache.hadoop.fs.Path from = new org.apache.hadoop.fs.Path(address);
    Path to = scratch.resolve(address.endsWith(ZIP) ? "home.zip" : "home");
    requireReader(from, hadoop);
    try (FileSystem files = FileSystem.newInstance(from.toUri(), hadoop)) {
      files.copyToLocalFile(false, from, new org.apache.hadoop.fs.Path(to.toUri()), true);
    }
    return address.endsWith(ZIP) ? unpacked(to, scratch) : to;
  }

  /** Hadoop knows the class of s3a: without its jar too, and throws a RuntimeException then. */
  private static void requireReader(org.apache.hadoop.fs.Path from, Configuration hadoop)
      throws IOException {
    String scheme = from.toUri().getScheme();
    try {
      FileSystem.getFileSystemClass(scheme, hadoop);
    } catch (RuntimeException e) {
      if (e.getCause() instanceof ClassNotFoundException) {
        throw new UnsupportedFileSystemException(
            "no jar with the file system of %s: %s".formatted(scheme, e.getCause().getMessage()));
      }
      throw e;
    }
  }

  private static Path unpacked(Path zip, Path scratch) throws IOException {
    Path folder = Files.createDirectories(scratch.resolve("unpacked"));
    try (ZipFile file = new ZipFile(zip.toFile())) {
      Enumeration<? extends ZipEntry> entries = file.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        Path to = folder.resolve(entry.getName()).normalize();
        if (!to.startsWith(folder)) {
          throw new IOException(zip + ": an entry outside of it, " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(to);
        } else {
          Files.createDirectories(to.resolveSibling(""));
          Files.copy(file.getInputStream(entry), to);
        }
      }
    }
    return folder;
  }
}
