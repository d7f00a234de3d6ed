package io.bactrian.csv;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A file that is an array. */
final class MemoryChannel extends FileChannel {
  private final byte[] bytes;
  private final Reads reads;
  private final long size;

  /** What happens before each read, on the thread that reads. */
  interface Reads {
    void before(long position) throws IOException;
  }

  MemoryChannel(byte[] bytes) {
    this(bytes, position -> {});
  }

  MemoryChannel(byte[] bytes, Reads reads) {
    this(bytes, reads, bytes.length);
  }

  /** One that may say another size than it has. */
  MemoryChannel(byte[] bytes, Reads reads, long size) {
    this.bytes = bytes;
    this.reads = reads;
    this.size = size;
  }

  @Override
  public int read(ByteBuffer into, long position) throws IOException {
    reads.before(position);
    int length = (int) Math.min(into.remaining(), bytes.length - position);
    if (length <= 0) {
      return -1;
    }
    into.put(bytes, (int) position, length);
    return length;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  protected void implCloseChannel() {}

  @Override
  public int read(ByteBuffer into) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long read(ByteBuffer[] into, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int write(ByteBuffer from) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long write(ByteBuffer[] from, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int write(ByteBuffer from, long position) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long position() {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileChannel position(long position) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileChannel truncate(long size) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void force(boolean metaData) {}

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }
}
