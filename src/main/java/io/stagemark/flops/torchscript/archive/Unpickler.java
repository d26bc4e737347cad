package io.stagemark.flops.torchscript.archive;

import io.stagemark.flops.torchscript.script.ScriptFault;
import io.stagemark.flops.torchscript.value.ScriptObject;
import io.stagemark.flops.torchscript.value.ScriptTuple;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Restores the values of a TorchScript pickle (protocol 2, the opcodes that torch.jit.save writes).
 * It calls nothing: what Python would call becomes a value through {@link Restorer} or is refused.
 */
final class Unpickler {
  private static final Object MARK = new Object();

  /** What makes more values than this is no model: a byte can become an object of a hundred. */
  private static final int MAX_VALUES = 4_000_000;

  /** Makes values of the callables that a TorchScript pickle names. */
  interface Restorer {
    /** Returns the value of {@code function(arguments)}. */
    @Nullable Object call(String function, List<@Nullable Object> arguments);

    /** Returns the object of a persistent id: a tensor's storage. */
    @Nullable Object load(@Nullable Object id);
  }

  /** A callable's name. */
  record GlobalName(String name) {}

  private final ByteBuffer bytes;
  private final Restorer restorer;
  private final List<@Nullable Object> stack = new ArrayList<>();
  private final Map<Integer, @Nullable Object> memo = new HashMap<>();

  private Unpickler(byte[] pickle, Restorer restorer) {
    this.bytes = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
    this.restorer = restorer;
  }

  /**
   * Restores the one value of a pickle.
   *
   * @throws ScriptFault if it is broken, or asks for something that a model has no need of
   */
  static @Nullable Object restore(byte[] pickle, String name, Restorer restorer) {
    try {
      return new Unpickler(pickle, restorer).run();
    } catch (BufferUnderflowException | IndexOutOfBoundsException | ClassCastException e) {
      throw new ScriptFault(name, "a broken pickle");
    }
  }

  private @Nullable Object run() {
    for (int values = 0; ; values++) {
      if (values > MAX_VALUES) {
        throw new ScriptFault("", "a pickle of more than %d steps".formatted(MAX_VALUES));
      }
      int opcode = bytes.get() & 0xFF;
      if (opcode == '.') {
        return pop();
      }
      if (!constant(opcode) && !container(opcode) && !memory(opcode)) {
        throw new ScriptFault("", "a pickle with the opcode 0x%02x".formatted(opcode));
      }
    }
  }

  private boolean constant(int opcode) {
    switch (opcode) {
      case 0x80 -> bytes.get(); // PROTO
      case 'N' -> stack.add(null);
      case 0x88 -> stack.add(true);
      case 0x89 -> stack.add(false);
      case 'K' -> stack.add((long) (bytes.get() & 0xFF));
      case 'M' -> stack.add((long) (bytes.getShort() & 0xFFFF));
      case 'J' -> stack.add((long) bytes.getInt());
      case 0x8A -> stack.add(longInteger());
      case 'G' -> stack.add(bytes.duplicate().order(ByteOrder.BIG_ENDIAN).getDouble(skip(8)));
      case 'X' -> stack.add(text(bytes.getInt()));
      case 'c' -> stack.add(new GlobalName(line() + "." + line()));
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean container(int opcode) {
    switch (opcode) {
      case '(' -> stack.add(MARK);
      case ')' -> stack.add(ScriptTuple.of(List.of()));
      case ']' -> stack.add(new ArrayList<@Nullable Object>());
      case '}' -> stack.add(new LinkedHashMap<@Nullable Object, @Nullable Object>());
      case 't' -> stack.add(ScriptTuple.of(popToMark()));
      case 0x85 -> stack.add(ScriptTuple.of(popLast(1)));
      case 0x86 -> stack.add(ScriptTuple.of(popLast(2)));
      case 0x87 -> stack.add(ScriptTuple.of(popLast(3)));
      case 'a' -> append(popLast(1));
      case 'e' -> append(popToMark());
      case 's' -> setItems(popLast(2));
      case 'u' -> setItems(popToMark());
      case 'R' -> reduce();
      case 0x81 -> newObject();
      case 'b' -> build();
      case 'Q' -> stack.add(restorer.load(pop()));
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean memory(int opcode) {
    switch (opcode) {
      case 'q' -> memo.put(bytes.get() & 0xFF, top());
      case 'r' -> memo.put(bytes.getInt(), top());
      case 'h' -> stack.add(memo.get(bytes.get() & 0xFF));
      case 'j' -> stack.add(memo.get(bytes.getInt()));
      default -> {
        return false;
      }
    }
    return true;
  }

  private int skip(int count) {
    int at = bytes.position();
    bytes.position(Math.min(at + count, bytes.limit()));
    return at;
  }

  private long longInteger() {
    int length = bytes.get() & 0xFF;
    long value = 0;
    for (int i = 0; i < length; i++) {
      long part = bytes.get() & 0xFF;
      value |= i < 8 ? part << (8 * i) : 0;
    }
    boolean negative = length > 0 && length < 8 && (value >> (8 * length - 1) & 1) == 1;
    return negative ? value - (1L << (8 * length)) : value;
  }

  private String text(int length) {
    if (length < 0 || length > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] content = new byte[length];
    bytes.get(content);
    return new String(content, StandardCharsets.UTF_8);
  }

  private String line() {
    StringBuilder line = new StringBuilder();
    for (byte b = bytes.get(); b != '\n'; b = bytes.get()) {
      line.append((char) (b & 0xFF));
    }
    return line.toString();
  }

  private @Nullable Object top() {
    return stack.get(stack.size() - 1);
  }

  private @Nullable Object pop() {
    return stack.remove(stack.size() - 1);
  }

  private List<@Nullable Object> popLast(int count) {
    List<@Nullable Object> tail = stack.subList(stack.size() - count, stack.size());
    List<@Nullable Object> result = new ArrayList<>(tail);
    tail.clear();
    return result;
  }

  private List<@Nullable Object> popToMark() {
    int mark = stack.lastIndexOf(MARK);
    List<@Nullable Object> result = popLast(stack.size() - mark - 1);
    pop();
    return result;
  }

  @SuppressWarnings("unchecked")
  private void append(List<@Nullable Object> items) {
    ((List<@Nullable Object>) notNull(top())).addAll(items);
  }

  @SuppressWarnings("unchecked")
  private void setItems(List<@Nullable Object> items) {
    Map<@Nullable Object, @Nullable Object> map =
        (Map<@Nullable Object, @Nullable Object>) notNull(top());
    for (int i = 0; i + 1 < items.size(); i += 2) {
      Object key = items.get(i);
      if (key instanceof ScriptTuple || key instanceof List<?> || key instanceof Map<?, ?>) {
        throw new ClassCastException("a key that is no scalar"); // its hash could take for ever
      }
      map.put(key, items.get(i + 1));
    }
  }

  private void reduce() {
    ScriptTuple arguments = (ScriptTuple) notNull(pop());
    GlobalName function = (GlobalName) notNull(pop());
    stack.add(restorer.call(function.name(), arguments.items()));
  }

  private void newObject() {
    pop();
    stack.add(new ScriptObject(((GlobalName) notNull(pop())).name()));
  }

  /** An object's state is its fields; a class with __getstate__ may have any other. */
  private void build() {
    Object state = pop();
    ScriptObject object = (ScriptObject) notNull(top());
    if (state instanceof Map<?, ?> fields) {
      fields.forEach((name, value) -> object.fields().put(String.valueOf(name), value));
    } else {
      object.fields().put("__state__", state);
    }
  }

  private static Object notNull(@Nullable Object value) {
    if (value == null) {
      throw new ClassCastException("None where an object was expected");
    }
    return value;
  }
}
