package io.stagemark.flops.onnx.value;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a value that flows along an edge: element type, shape, and, for small constants,
 * the elements.
 */
public final class Value {
  /** An optional input or output that is left out. */
  public static final Value ABSENT = new Value(OnnxType.UNDEFINED, null, null, null, null);

  /** A value whose shape is known only after a run. */
  public static final Value UNKNOWN = new Value(OnnxType.UNDEFINED, null, null, null, null);

  private final OnnxType type;
  private final @Nullable List<Long> shape;
  private final @Nullable Numbers numbers;
  private final @Nullable List<Value> elements;
  private final @Nullable Origin origin;
  private @Nullable Value viewOf;

  private Value(
      OnnxType type,
      @Nullable List<Long> shape,
      @Nullable Numbers numbers,
      @Nullable List<Value> elements,
      @Nullable Origin origin) {
    this.type = type;
    this.shape = shape;
    this.numbers = numbers;
    this.elements = elements;
    this.origin = origin;
  }

  /** Returns a tensor whose elements are not known. */
  public static Value of(OnnxType type, List<Long> shape) {
    return new Value(type, List.copyOf(shape), null, null, null);
  }

  /** Returns a tensor whose elements are known. */
  public static Value of(OnnxType type, List<Long> shape, @Nullable Numbers numbers) {
    return new Value(type, List.copyOf(shape), numbers, null, null);
  }

  /** Returns a one-dimensional int64 constant. */
  public static Value integers(long... values) {
    return of(OnnxType.INT64, List.of((long) values.length), Numbers.of(values));
  }

  /** Returns a sequence of values. */
  public static Value sequence(List<Value> elements) {
    return new Value(OnnxType.UNDEFINED, null, null, List.copyOf(elements), null);
  }

  /** Returns a value of known type but unknown shape. */
  static Value unknown(OnnxType type) {
    return new Value(type, null, null, null, null);
  }

  /** Returns the same elements in another shape, in the same memory. */
  public Value viewedAs(List<Long> extents) {
    Value view = new Value(type, List.copyOf(extents), numbers, null, origin);
    view.viewOf = memory();
    return view;
  }

  /** Returns other elements in the same memory, such as a part of these; null: not known. */
  public Value viewedAs(List<Long> extents, @Nullable Numbers elements) {
    Value view = new Value(type, List.copyOf(extents), elements, null, origin);
    view.viewOf = memory();
    return view;
  }

  /** Returns the same elements taken as another type, in the same memory. */
  public Value typed(OnnxType other) {
    if (other == type || shape == null) {
      return this;
    }
    Value view = new Value(other, shape, numbers, null, origin);
    view.viewOf = memory();
    return view;
  }

  /** Returns the same value, known to be a part of what {@code source} was made from. */
  public Value like(Value source) {
    return from(source.origin);
  }

  /** Returns the value whose memory this one is a view of; itself where it is no view. */
  public Value memory() {
    return viewOf == null ? this : viewOf;
  }

  /** Returns the same value, made from the constant {@code from}. */
  public Value from(@Nullable Origin from) {
    return from == null || shape == null ? this : new Value(type, shape, numbers, elements, from);
  }

  /** Returns the same value with its elements forgotten: for what a loop carries. */
  public Value forgetful() {
    if (shape == null) {
      return this;
    }
    Value rest = new Value(type, shape, null, null, origin);
    rest.viewOf = viewOf;
    return rest;
  }

  public OnnxType type() {
    return type;
  }

  public boolean isKnown() {
    return shape != null;
  }

  /** Returns the extents; throws {@link UnknownShape} where they are known only after a run. */
  public List<Long> shape() {
    if (shape == null) {
      throw new UnknownShape("shape not known without a run");
    }
    return shape;
  }

  public int rank() {
    return shape().size();
  }

  /** Returns an extent; a negative index counts from the end. */
  public long extent(int axis) {
    int index = axis < 0 ? axis + rank() : axis;
    if (index < 0 || index >= rank()) {
      throw new GraphFault(
          "",
          "axis %d of a tensor of shape %s".formatted(axis, shape()),
          "an axis that exists",
          "");
    }
    return shape().get(index);
  }

  /** Returns the number of elements; throws {@link ArithmeticException} if it does not fit. */
  public long elementCount() {
    return Shapes.product(shape());
  }

  /** Returns the size in bytes, 4-bit types packed; a sequence counts its elements. */
  public long bytes() {
    if (elements != null) {
      return elements.stream().mapToLong(Value::bytes).reduce(0, Math::addExact);
    }
    return shape == null ? 0 : type.bytes(elementCount());
  }

  public @Nullable Numbers numbers() {
    return numbers;
  }

  /** Returns the elements; throws {@link UnknownShape} where they are not constant. */
  public Numbers known() {
    if (numbers == null) {
      throw new UnknownShape("elements not known without a run");
    }
    return numbers;
  }

  /** Returns the elements as integers. */
  public long[] integers() {
    Numbers all = known();
    long[] result = new long[all.count()];
    for (int i = 0; i < result.length; i++) {
      result[i] = all.integer(i);
    }
    return result;
  }

  public @Nullable List<Value> elements() {
    return elements;
  }

  /** Returns the constant that this value is, or is a reshaped or cast copy of. */
  public @Nullable Origin origin() {
    return origin;
  }

  @Override
  public String toString() {
    return type + (shape == null ? "[unknown]" : shape.toString());
  }
}
