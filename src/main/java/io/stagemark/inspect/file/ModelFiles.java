package io.stagemark.inspect.file;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.data.RegularFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Opens model files by what they contain, whatever they are called. What is no ONNX model and no
 * TorchScript archive is named for what it is.
 */
public final class ModelFiles {
  private static final int HEAD_BYTES = 512;
  private static final String EXPECTED = "an .onnx file, or a TorchScript file of torch.jit.save";

  private ModelFiles() {}

  /**
   * A format that is not read.
   *
   * @param magic bytes as Latin-1
   * @param offset of those bytes
   * @param found what the file is
   * @param advice what would help
   */
  private record Other(String magic, int offset, String found, String advice) {}

  private static final String FROM_PICKLE =
      "load it in Python, then torch.onnx.export(model, inputs, file)";
  private static final String TO_ONNX = "export the model to ONNX";

  private static final List<Other> OTHERS =
      List.of(
          new Other(
              "\u0080\u0002", 0, "a pickle of torch.save: a checkpoint, no network", FROM_PICKLE),
          new Other("\u0080\u0003", 0, "a Python pickle: a checkpoint, no network", FROM_PICKLE),
          new Other("\u0080\u0004", 0, "a Python pickle: a checkpoint, no network", FROM_PICKLE),
          new Other("\u0080\u0005", 0, "a Python pickle: a checkpoint, no network", FROM_PICKLE),
          new Other(
              "ustar", 257, "a tar: an old checkpoint of torch.save, or an archive", FROM_PICKLE),
          new Other(
              "TFL3", 4, "a TensorFlow Lite model", "python3 -m tf2onnx.convert --tflite FILE"),
          new Other("ORTM", 4, "an ORT-format model", "name the .onnx file that it was made from"),
          new Other("\u0089HDF", 0, "an HDF5 file, such as Keras writes", TO_ONNX),
          new Other("GGUF", 0, "a GGUF file of weights", TO_ONNX),
          new Other("\u001f\u008b", 0, "a gzip file", "unpack it, and name the model in it"),
          new Other("%PDF", 0, "a PDF document", "name a model file"),
          new Other("\u0089PNG", 0, "a PNG picture", "name a model file"),
          new Other("\u00ff\u00d8\u00ff", 0, "a JPEG picture", "name a model file"),
          new Other("\u007fELF", 0, "a program", "name a model file"),
          new Other("7767517\n", 0, "an ncnn parameter file", TO_ONNX),
          new Other(
              "version https://git-lfs",
              0,
              "a Git LFS pointer, not the file itself",
              "git lfs pull"));

  /**
   * Opens a file.
   *
   * @throws BadInputException if it cannot be read, or is no model of a format that is read
   */
  public static ModelSource open(Path file) throws BadInputException {
    byte[] head = head(file);
    if (head.length == 0) {
      throw problem(file, "an empty file", EXPECTED, "copy or download the file again");
    }
    String text = new String(head, StandardCharsets.ISO_8859_1);
    if (text.startsWith("PK\u0003\u0004") || text.startsWith("PK\u0005\u0006")) {
      return TorchScriptSource.open(file);
    }
    for (Other other : OTHERS) {
      if (text.startsWith(other.magic(), other.offset())) {
        throw problem(file, other.found(), EXPECTED, other.advice());
      }
    }
    if (isSafetensors(head)) {
      throw problem(file, "a safetensors file: weights, no network", EXPECTED, FROM_PICKLE);
    }
    if (isText(text)) {
      throw problem(
          file, "a text: '%s'".formatted(firstLine(text)), EXPECTED, "name the model file itself");
    }
    return OnnxSource.open(file);
  }

  private static byte[] head(Path file) throws BadInputException {
    try (InputStream in = RegularFile.open(file)) {
      return in.readNBytes(HEAD_BYTES);
    } catch (NoSuchFileException e) {
      throw problem(file, "no such file", EXPECTED, "check the path");
    } catch (AccessDeniedException e) {
      throw problem(file, "no right to read it", EXPECTED, "check the file's rights");
    } catch (IOException e) {
      boolean folder = "a folder".equals(e.getMessage());
      throw problem(
          file,
          String.valueOf(e.getMessage()),
          EXPECTED,
          folder ? "name the model file in it" : "check the path");
    }
  }

  /** A length of 8 bytes, then a JSON object. */
  private static boolean isSafetensors(byte[] head) {
    return head.length > 9 && head[8] == '{' && head[7] == 0 && head[6] == 0 && head[5] == 0;
  }

  /** A protobuf model begins with a field's tag, which is a control character. */
  private static boolean isText(String head) {
    return head.chars()
        .allMatch(c -> (c >= ' ' && c != 0x7F) || c == '\n' || c == '\r' || c == '\t');
  }

  private static String firstLine(String text) {
    String line = text.strip().lines().findFirst().orElse("").strip();
    return line.length() <= 40 ? line : line.substring(0, 40) + "…";
  }

  static BadInputException problem(Path file, String found, String expected, String advice) {
    return new BadInputException(new Problem(file.toString(), found, expected, advice));
  }
}
