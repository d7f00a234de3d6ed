/**
 * Measures Bactrian against its peers on the same files: {@code ./bactrian bench csv}.
 *
 * <p>Entry point: {@code CsvBench}. Each measurement is a process of its own ({@code PeerMain}, or
 * the shipped program); results are compared for equality before a figure is printed.
 */
@NullMarked
package io.bactrian.bench;

import org.jspecify.annotations.NullMarked;
