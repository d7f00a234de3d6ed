package io.bactrian.csv;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.Charset;

/**
 * Scanners that look at as many bytes at once as the processor's vectors hold. They are used when
 * the JVM was started with {@code --add-modules jdk.incubator.vector} on a Java whose vectors are
 * faster than words; nothing needs them. Thread safe.
 */
final class Vectors {
  private static final String MODULE = "jdk.incubator.vector";

  /** On 17 the Vector API is there, but slower than words. */
  private static final int FIRST_FAST_JAVA = 21;

  private static final boolean AVAILABLE =
      Runtime.version().feature() >= FIRST_FAST_JAVA
          && ModuleLayer.boot().findModule(MODULE).isPresent();

  private Vectors() {}

  /** Whether this process uses them. */
  static boolean available() {
    return AVAILABLE;
  }

  static BlockScanner blockScanner(Dialect dialect) {
    try {
      return (BlockScanner) Classes.BLOCK_SCANNER.invoke(dialect);
    } catch (Throwable e) {
      throw new IllegalStateException("the vector scanner cannot be made", e);
    }
  }

  static RecordFields recordFields(Dialect dialect, int fields) {
    try {
      return (RecordFields) Classes.RECORD_FIELDS.invoke(dialect, fields);
    } catch (Throwable e) {
      throw new IllegalStateException("the vector scanner cannot be made", e);
    }
  }

  static TextCheck textCheck(Charset charset) {
    try {
      return (TextCheck) Classes.TEXT_CHECK.invoke(charset);
    } catch (Throwable e) {
      throw new IllegalStateException("the vector text check cannot be made", e);
    }
  }

  /** Loaded by name, when first used: the module may not be there. */
  private static final class Classes {
    static final MethodHandle BLOCK_SCANNER = constructor("VectorScanner", Dialect.class);
    static final MethodHandle RECORD_FIELDS = constructor("VectorFields", Dialect.class, int.class);
    static final MethodHandle TEXT_CHECK = constructor("VectorText", Charset.class);

    private static MethodHandle constructor(String name, Class<?>... parameters) {
      try {
        Class<?> type = Class.forName(Vectors.class.getPackageName() + "." + name);
        return MethodHandles.lookup()
            .findConstructor(type, MethodType.methodType(void.class, parameters));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("class " + name + " is missing in this build", e);
      }
    }
  }
}
