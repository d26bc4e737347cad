package io.stagemark.flops.onnx.file;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.stagemark.flops.onnx.value.GraphFault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * Walks a protobuf without building it and adds up what building it would take.
 *
 * <p>protobuf checks lengths against the file before it allocates, but a message of two bytes
 * becomes an object of a hundred: a small hostile file could still fill the heap. Tensor data
 * ({@code raw_data}) is aliased, not copied, and costs nothing here.
 */
final class WireBudget {
  /** What the largest model may take as objects, in bytes. */
  static final long LIMIT_BYTES = 512L << 20;

  /** What a message, string or unpacked number takes at least as an object, in bytes. */
  private static final int OBJECT_BYTES = 96;

  private static final int MAX_DEPTH = 100;

  /** The fields of onnx.proto that hold messages which can nest or repeat, by message. */
  private enum Message {
    MODEL,
    GRAPH,
    NODE,
    ATTRIBUTE,
    FUNCTION,
    TENSOR,
    SPARSE,
    TRAINING;

    private Map<Integer, Message> children() {
      return switch (this) {
        case MODEL -> Map.of(7, GRAPH, 20, TRAINING, 25, FUNCTION);
        case GRAPH -> Map.of(1, NODE, 5, TENSOR, 15, SPARSE);
        case NODE -> Map.of(5, ATTRIBUTE);
        case ATTRIBUTE ->
            Map.of(5, TENSOR, 6, GRAPH, 10, TENSOR, 11, GRAPH, 22, SPARSE, 23, SPARSE);
        case FUNCTION -> Map.of(7, NODE, 11, ATTRIBUTE);
        case SPARSE -> Map.of(1, TENSOR, 2, TENSOR);
        case TRAINING -> Map.of(1, GRAPH, 2, GRAPH);
        case TENSOR -> Map.of();
      };
    }
  }

  private static final int TENSOR_RAW_DATA = 9;

  private long bytes;

  /**
   * Checks a whole model.
   *
   * @throws IOException if a length reaches past the end of its message, or a tag is none
   * @throws GraphFault if the model would not fit
   */
  static void check(ByteBuffer model) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(model.duplicate());
    in.setSizeLimit(Integer.MAX_VALUE);
    new WireBudget().walk(in, Message.MODEL, 0);
  }

  private void walk(CodedInputStream in, Message message, int depth) throws IOException {
    if (depth > MAX_DEPTH) {
      throw new GraphFault(
          "", "messages nested deeper than " + MAX_DEPTH, "an ONNX model", "export it again");
    }
    Map<Integer, Message> children = message.children();
    while (!in.isAtEnd()) {
      int tag = in.readTag();
      if (tag == 0) {
        return;
      }
      Message child = children.get(WireFormat.getTagFieldNumber(tag));
      if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
        charge(16);
        in.skipField(tag);
      } else if (child == null) {
        skip(in, message, WireFormat.getTagFieldNumber(tag));
      } else {
        charge(OBJECT_BYTES);
        int outer = in.pushLimit(in.readRawVarint32());
        walk(in, child, depth + 1);
        in.popLimit(outer);
      }
    }
  }

  private void skip(CodedInputStream in, Message message, int field) throws IOException {
    int length = in.readRawVarint32();
    boolean aliased = message == Message.TENSOR && field == TENSOR_RAW_DATA;
    // a packed number takes one byte in the file and eight in memory
    charge(aliased ? OBJECT_BYTES : OBJECT_BYTES + 8L * Math.max(0, length));
    in.skipRawBytes(length);
  }

  private void charge(long more) {
    bytes += more;
    if (bytes > LIMIT_BYTES) {
      throw new GraphFault(
          "",
          "a graph that takes more than %d MiB without its weights".formatted(LIMIT_BYTES >> 20),
          "weights as raw_data or external data, and fewer nodes",
          "save the model again with onnx.save: it packs weights as raw_data");
    }
  }
}
