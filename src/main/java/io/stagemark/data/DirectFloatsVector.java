package io.stagemark.data;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * How vectors of floats are read from and written to native memory, on every JDK from 17 on. JDK 17
 * and 18 take a {@code ByteBuffer}; later ones a {@code MemorySegment}, which 17 does not have. The
 * methods are looked up once, when this class is initialised.
 *
 * <p>A class that is compiled for 17 cannot name {@code MemorySegment}, and classes for a later JDK
 * as well (a multi-release jar) could not be built on 17: hence method handles. A loop copies them
 * into constants of its own and invokes them itself: they then compile to the direct call (96 µs a
 * 640x640 image on JDK 17 with and without them). Behind a static method the compiler gives up
 * inlining and boxes the vectors (230 µs; 480 µs on JDK 25).
 */
public final class DirectFloatsVector {
  private static final int ORDER_PARAMETER = 3;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  /** {@code MemorySegment}, or {@code ByteBuffer} on a JDK whose vectors take none. */
  private static final Class<?> MEMORY = memory();

  private static final boolean SEGMENTS = MEMORY != ByteBuffer.class;
  private static final MethodHandle VIEW = view();

  /**
   * {@code (FloatVector vector, Object memory, int offset)void}: writes a vector in native byte
   * order to memory of {@link #memory(ByteBuffer)}, from this byte on. Whether it fits is checked
   * only where the JVM checks vector accesses: callers check their ranges before the loop.
   */
  public static final MethodHandle STORE = store();

  /** {@code (VectorSpecies, Object memory, int offset)FloatVector}: reads one likewise. */
  public static final MethodHandle LOAD = load();

  private DirectFloatsVector() {}

  /**
   * Returns the memory of a buffer, from its first byte, for {@link #STORE} and {@link #LOAD}.
   *
   * @param buffer direct
   */
  public static Object memory(ByteBuffer buffer) {
    ByteBuffer whole = buffer.duplicate().clear().order(ORDER);
    try {
      return (Object) VIEW.invokeExact(whole);
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  /** Returns what a handle threw as it is: the methods behind them declare nothing. */
  public static RuntimeException unchecked(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return thrown instanceof RuntimeException e ? e : new IllegalStateException(thrown);
  }

  private static Class<?> memory() {
    try {
      Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
      FloatVector.class.getMethod("intoMemorySegment", segment, long.class, ByteOrder.class);
      return segment;
    } catch (ReflectiveOperationException e) {
      return ByteBuffer.class; // JDK 17 and 18
    }
  }

  private static MethodHandle view() {
    if (!SEGMENTS) {
      return MethodHandles.identity(ByteBuffer.class)
          .asType(MethodType.methodType(Object.class, ByteBuffer.class));
    }
    try {
      // the parameter is a Buffer since JDK 19
      return LOOKUP
          .findStatic(MEMORY, "ofBuffer", MethodType.methodType(MEMORY, java.nio.Buffer.class))
          .asType(MethodType.methodType(Object.class, ByteBuffer.class));
    } catch (ReflectiveOperationException e) {
      throw lacking(e);
    }
  }

  private static MethodHandle store() {
    MethodType type =
        MethodType.methodType(
            void.class, MEMORY, SEGMENTS ? long.class : int.class, ByteOrder.class);
    String name = SEGMENTS ? "intoMemorySegment" : "intoByteBuffer";
    try {
      return MethodHandles.insertArguments(
              LOOKUP.findVirtual(FloatVector.class, name, type), ORDER_PARAMETER, ORDER)
          .asType(MethodType.methodType(void.class, FloatVector.class, Object.class, int.class));
    } catch (ReflectiveOperationException e) {
      throw lacking(e);
    }
  }

  private static MethodHandle load() {
    MethodType type =
        MethodType.methodType(
            FloatVector.class,
            VectorSpecies.class,
            MEMORY,
            SEGMENTS ? long.class : int.class,
            ByteOrder.class);
    String name = SEGMENTS ? "fromMemorySegment" : "fromByteBuffer";
    try {
      return MethodHandles.insertArguments(
              LOOKUP.findStatic(FloatVector.class, name, type), ORDER_PARAMETER, ORDER)
          .asType(
              MethodType.methodType(
                  FloatVector.class, VectorSpecies.class, Object.class, int.class));
    } catch (ReflectiveOperationException e) {
      throw lacking(e);
    }
  }

  private static LinkageError lacking(ReflectiveOperationException cause) {
    return (LinkageError) new NoSuchMethodError(cause.getMessage()).initCause(cause);
  }
}
