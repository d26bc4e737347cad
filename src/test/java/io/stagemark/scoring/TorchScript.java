package io.stagemark.scoring;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Runs a few lines of TorchScript in libtorch, one thread: the very operators of PyTorch, as peers
 * of our losses. The archive that {@code torch.jit.save} would write is put together here, so that
 * no Python is needed.
 */
public final class TorchScript implements AutoCloseable {
  // a pickled object of class __torch__.Peer with no state but training = False
  private static final byte[] OBJECT =
      ("\u0080\u0002c__torch__\nPeer\nq\0)\u0081}(X\b\0\0\0trainingq\1\u0089ubq\2.")
          .getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] NO_CONSTANTS = "\u0080\u0002).".getBytes(StandardCharsets.ISO_8859_1);

  private final NDManager manager;
  private final PtSymbolBlock block;

  private TorchScript(NDManager manager, PtSymbolBlock block) {
    this.manager = manager;
    this.block = block;
  }

  /**
   * Compiles a function of two tensors {@code a} and {@code b}.
   *
   * @param lines the body, the last of which returns a tensor
   */
  public static TorchScript of(String... lines) {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.pytorch.num_threads", "1");
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    PtNDManager manager = (PtNDManager) Engine.getEngine("PyTorch").newBaseManager();
    try {
      PtSymbolBlock block =
          JniUtils.loadModule(
              manager,
              new ByteArrayInputStream(archive("a: Tensor, b: Tensor", lines)),
              true,
              false);
      return new TorchScript(manager, block);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Returns a module's file.
   *
   * @param parameters of its {@code forward}, such as {@code a: Tensor, rate: int}
   * @param lines the body, the last of which returns a tensor
   */
  public static byte[] archive(String parameters, String... lines) throws IOException {
    String code =
        """
        class Peer(Module):
          __parameters__ = []
          __buffers__ = []
          training : bool
          def forward(self: __torch__.Peer,
            %s) -> Tensor:
            %s
        """
            .formatted(parameters, String.join("\n    ", lines));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      store(zip, "data.pkl", OBJECT);
      store(zip, "code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
      store(zip, "constants.pkl", NO_CONSTANTS);
      store(zip, "version", "3\n".getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry("peer/" + name);
    CRC32 crc = new CRC32();
    crc.update(content);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  /** Returns where tensors for this function are made. */
  public NDManager manager() {
    return manager;
  }

  /** Runs the function; the result belongs to {@link #manager}. */
  public NDArray run(NDArray a, NDArray b) {
    return block.forward(new ParameterStore(manager, false), new NDList(a, b), false).get(0);
  }

  @Override
  public void close() {
    block.close();
    manager.close();
  }
}
