package io.stagemark.flops.onnx.value;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Packs the typed fields of a tensor (int32_data, float_data, …) as raw_data would hold them. */
final class TypedData {
  private TypedData() {}

  /** Returns the elements, little-endian, as many as the field has. */
  static ByteBuffer pack(TensorProto tensor, OnnxType type) {
    int count = count(tensor, type);
    ByteBuffer out =
        ByteBuffer.allocate(Math.multiplyExact(count, Math.max(1, type.bits() / 8)))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      put(tensor, type, i, out);
    }
    return out.flip();
  }

  private static int count(TensorProto tensor, OnnxType type) {
    return switch (type) {
      case FLOAT -> tensor.getFloatDataCount();
      case COMPLEX64 -> tensor.getFloatDataCount() / 2;
      case DOUBLE -> tensor.getDoubleDataCount();
      case COMPLEX128 -> tensor.getDoubleDataCount() / 2;
      case INT64 -> tensor.getInt64DataCount();
      case UINT32, UINT64 -> tensor.getUint64DataCount();
      default -> tensor.getInt32DataCount();
    };
  }

  private static void put(TensorProto tensor, OnnxType type, int i, ByteBuffer out) {
    switch (type) {
      case FLOAT -> out.putFloat(tensor.getFloatData(i));
      case COMPLEX64 ->
          out.putFloat(tensor.getFloatData(2 * i)).putFloat(tensor.getFloatData(2 * i + 1));
      case DOUBLE -> out.putDouble(tensor.getDoubleData(i));
      case COMPLEX128 ->
          out.putDouble(tensor.getDoubleData(2 * i)).putDouble(tensor.getDoubleData(2 * i + 1));
      case INT64 -> out.putLong(tensor.getInt64Data(i));
      case UINT64 -> out.putLong(tensor.getUint64Data(i));
      case UINT32 -> out.putInt((int) tensor.getUint64Data(i));
      case INT32 -> out.putInt(tensor.getInt32Data(i));
      case INT16, UINT16, FLOAT16, BFLOAT16 -> out.putShort((short) tensor.getInt32Data(i));
      default -> out.put((byte) tensor.getInt32Data(i));
    }
  }
}
