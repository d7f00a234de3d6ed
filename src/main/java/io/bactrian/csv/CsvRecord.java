package io.bactrian.csv;

import java.util.List;

/**
 * One record as text.
 *
 * @param ordinal from 1; 0 is the header
 * @param offset byte offset of its first byte
 * @param fields its fields, unquoted
 */
public record CsvRecord(long ordinal, long offset, List<String> fields) {}
