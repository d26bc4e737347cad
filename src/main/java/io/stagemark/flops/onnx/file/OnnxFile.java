package io.stagemark.flops.onnx.file;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.stagemark.data.RegularFile;
import io.stagemark.flops.onnx.value.GraphFault;
import io.stagemark.flops.onnx.value.Node;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * A model file, parsed. Weights stay in the mapped file and are read only where they are needed.
 *
 * @param path the file
 * @param model its content
 */
public record OnnxFile(Path path, ModelProto model) {
  /** The oldest operator set whose rules hold: before 7, broadcasting was an attribute. */
  static final long OLDEST_OPSET = 7;

  /**
   * Reads an untrusted model.
   *
   * @throws GraphFault if it is no ONNX model
   * @throws IOException if the file cannot be read
   */
  public static OnnxFile read(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      boolean folder = Files.isDirectory(path);
      throw new GraphFault(
          "", folder ? "a folder" : "no such file", "a readable file", "check the path");
    }
    ByteBuffer bytes = map(path);
    try {
      WireBudget.check(bytes);
      CodedInputStream in = CodedInputStream.newInstance(bytes);
      in.setSizeLimit(Integer.MAX_VALUE);
      in.enableAliasing(true);
      ModelProto model = ModelProto.parseFrom(in);
      if (!model.hasGraph() || model.getOpsetImportCount() == 0) {
        throw notOnnx("no graph or no operator set in it");
      }
      OnnxFile file = new OnnxFile(path, model);
      file.checkOpset();
      return file;
    } catch (InvalidProtocolBufferException e) {
      throw notOnnx("a broken protobuf: " + e.getMessage());
    }
  }

  private static ByteBuffer map(Path path) throws IOException {
    RegularFile.size(path); // a pipe would be waited for
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw new GraphFault(
            "",
            "%d bytes".formatted(channel.size()),
            "at most 2 GiB: the limit of protobuf",
            "save the weights as external data");
      }
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
    }
  }

  private void checkOpset() {
    long opset = opsets().getOrDefault(Node.STANDARD, OLDEST_OPSET);
    if (opset < OLDEST_OPSET) {
      throw new GraphFault(
          "opset_import",
          "ai.onnx " + opset,
          "operator set %d or newer".formatted(OLDEST_OPSET),
          "convert it with onnx.version_converter");
    }
  }

  private static GraphFault notOnnx(String found) {
    return new GraphFault("", found, "an ONNX model", "is the file complete? compare its SHA-256");
  }

  /** Returns the versions of the operator sets, by domain. */
  public Map<String, Long> opsets() {
    Map<String, Long> versions = new HashMap<>();
    for (OperatorSetIdProto set : model.getOpsetImportList()) {
      versions.merge(Node.normalise(set.getDomain()), set.getVersion(), Math::max);
    }
    return versions;
  }
}
