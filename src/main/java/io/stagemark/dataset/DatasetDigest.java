package io.stagemark.dataset;

import io.stagemark.data.FileRange;
import io.stagemark.data.RegularFile;
import io.stagemark.data.Sha256;
import io.stagemark.data.Tensor;
import io.stagemark.data.Truth;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the examples of a data set, or of a part of it, are known by: the sum of the SHA-256 of each
 * example's place, id, truth and bytes, as numbers modulo 2²⁵⁶. The digests of the parts add up to
 * that of the whole, so that no machine need read all of it. It finds a change that happens, not
 * one that is made to have the same digest.
 */
public final class DatasetDigest {
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);
  private static final int HEX = 16;

  private DatasetDigest() {}

  /**
   * Returns the digest. Reads every file once.
   *
   * @param first place of the first example in the whole data set, from 0
   * @return 64 hexadecimal digits in lower case
   */
  public static String of(List<Example> examples, long first) throws IOException {
    BigInteger sum = BigInteger.ZERO;
    long place = first;
    FileRange last = FileRange.whole(Example.NO_FILE);
    for (Example example : examples) {
      MessageDigest sha = Sha256.digest();
      try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), sha)) {
        line(out, place + " " + example.id());
        truth(out, example.truth());
        if (!example.hasFile()) {
          for (Tensor made : example.tensors()) {
            out.write(bytes(made));
          }
        } else if (!example.source().equals(last)) { // the steps of a sequence share one
          last = example.source();
          content(last, out);
        }
      }
      sum = sum.add(new BigInteger(1, sha.digest()));
      place++;
    }
    return text(sum);
  }

  /** Returns the digest of several parts together. */
  public static String sum(List<String> parts) {
    return text(
        parts.stream()
            .map(part -> new BigInteger(part, HEX))
            .reduce(BigInteger.ZERO, BigInteger::add));
  }

  private static String text(BigInteger sum) {
    String digits = sum.mod(MODULUS).toString(HEX);
    return "0".repeat(Sha256.HEX_DIGITS - digits.length()) + digits;
  }

  /**
   * Returns SHA-256 over the ids and the truth of a whole data set as it was listed, without
   * reading the files of the examples, nor masks and targets: two machines with the same digest
   * have listed the same examples.
   */
  public static String listing(List<Example> examples) throws IOException {
    MessageDigest sha = Sha256.digest();
    try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), sha)) {
      for (Example example : examples) {
        line(out, example.id());
        if (example.truth() instanceof Truth.Mask mask) {
          line(out, String.valueOf(mask.file().getFileName()));
        } else if (example.truth() instanceof Truth.Target target) {
          line(out, String.valueOf(target.file().getFileName()));
        } else {
          truth(out, example.truth());
        }
      }
    }
    return Sha256.hex(sha);
  }

  private static void truth(OutputStream out, Truth truth) throws IOException {
    if (truth instanceof Truth.Mask mask) {
      copy(mask.file(), out);
    } else if (truth instanceof Truth.Target target) {
      out.write(bytes(target.values()));
    } else {
      line(out, truth.toString());
    }
  }

  private static void content(FileRange source, OutputStream out) throws IOException {
    if (source.isWhole()) {
      for (Path file : files(source.path())) {
        copy(file, out);
      }
    } else {
      out.write(source.read());
    }
  }

  private static void line(OutputStream out, String text) throws IOException {
    out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] bytes(Tensor tensor) {
    byte[] bytes = new byte[tensor.bytes().capacity()];
    tensor.bytes().get(0, bytes);
    return bytes;
  }

  private static void copy(Path file, OutputStream out) throws IOException {
    try (InputStream in = RegularFile.open(file)) {
      in.transferTo(out);
    }
  }

  /** Returns a file, or the files of a folder. */
  static List<Path> files(Path file) throws IOException {
    if (!Files.isDirectory(file)) {
      return List.of(file);
    }
    try (Stream<Path> entries = Files.list(file)) {
      return entries.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
