package io.stagemark.spark;

import java.io.FileNotFoundException;
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

  /**
   * Returns the folder on this machine, copied if it has to be.
   *
   * @throws UnreadableHomeException if the address leads nowhere
   * @throws IOException if copying breaks off
   */
  Path here(Configuration hadoop, Path scratch) throws IOException {
    if (isLocal()) {
      return isLocalZip() ? unpacked(path(), scratch) : path();
    }
    Path to = scratch.resolve(address.endsWith(ZIP) ? "home.zip" : "home");
    try (FileSystem files = open(hadoop)) {
      org.apache.hadoop.fs.Path from = new org.apache.hadoop.fs.Path(address);
      files.copyToLocalFile(false, from, new org.apache.hadoop.fs.Path(to.toUri()), true);
    }
    return address.endsWith(ZIP) ? unpacked(to, scratch) : to;
  }

  /**
   * Opens the file system, which has the folder or file.
   *
   * @throws UnreadableHomeException if it has not, or cannot be asked: without a jar, a bucket, a
   *     server or the right credentials
   */
  private FileSystem open(Configuration hadoop) throws UnreadableHomeException {
    try {
      org.apache.hadoop.fs.Path from = new org.apache.hadoop.fs.Path(address);
      FileSystem files = FileSystem.newInstance(from.toUri(), hadoop);
      try {
        files.getFileStatus(from);
        return files;
      } catch (IOException | RuntimeException e) {
        files.close();
        throw e;
      }
    } catch (FileNotFoundException e) {
      throw new UnreadableHomeException(address, "no such folder or file", e);
    } catch (IOException | RuntimeException | LinkageError e) { // S3A throws each of them
      throw new UnreadableHomeException(address, reason(e), e);
    }
  }

  /** S3A repeats the message of Amazon's SDK twice: the SDK's own is enough. */
  private static String reason(Throwable e) {
    Throwable cause = e.getCause();
    if (cause instanceof ClassNotFoundException missing) {
      return "a jar is missing: " + missing.getMessage();
    }
    Throwable source =
        cause != null && cause.getClass().getName().startsWith("software.amazon.") ? cause : e;
    String text = String.valueOf(source.getMessage()).strip();
    return e.getClass().getSimpleName() + ": " + text.lines().findFirst().orElse("");
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
