// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import io.entrepot.base.Id;
import io.entrepot.base.NotFoundException;
import io.entrepot.server.database.Database;
import io.entrepot.server.identity.Actor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The catalogue as a reader sees it: only what the reader may see, newest first. */
public final class Catalog {

  /** What has to be counted is counted no further than this. */
  public static final int COUNT_LIMIT = 10_001;

  private static final int CHUNK = 1_000;

  private final FileTable files;
  private final TransferTable transfers;
  private final HookFailures hookFailures;
  private final ProofTable proofs;
  private final Visibility visibility;

  public Catalog(Database database, Visibility visibility) {
    this.files = new FileTable(database);
    this.transfers = new TransferTable(database);
    this.hookFailures = new HookFailures(database);
    this.proofs = new ProofTable(database);
    this.visibility = visibility;
  }

  /**
   * @throws NotFoundException also when it exists and the actor may not see it
   */
  public CatalogFile file(Actor actor, Id id) {
    return files.find(id, visibility.of(actor)).orElseThrow(() -> new NotFoundException("File"));
  }

  public List<CatalogFile> files(Actor actor, FileQuery query, int skip, int limit) {
    return files.list(query, visibility.of(actor), skip, limit);
  }

  /** Every file that the query finds and the actor may see, fetched a thousand at a time. */
  public void eachFile(Actor actor, FileQuery query, Consumer<CatalogFile> consumer) {
    FileQuery next = query;
    List<CatalogFile> chunk;
    do {
      chunk = files(actor, next, 0, CHUNK);
      chunk.forEach(consumer);
      next = chunk.isEmpty() ? next : next.after(chunk.getLast().id());
    } while (chunk.size() == CHUNK);
  }

  /**
   * How many files the query finds. Exact unless a text is asked for, or more than 10,000 files are
   * seen one by one.
   */
  public Count count(Actor actor, FileQuery query) {
    return files.count(query, visibility.of(actor), COUNT_LIMIT);
  }

  /** Whether the files he may see have the copies they should have. */
  public Proofs proofs(Actor actor) {
    return proofs.proofs(visibility.of(actor), COUNT_LIMIT);
  }

  /** Newest first. */
  public List<FileVersion> versions(Actor actor, Id id) {
    CatalogFile file = file(actor, id);
    List<FileVersion> versions = new ArrayList<>();
    versions.add(
        new FileVersion(
            file.version(),
            versionName(file.persistentId(), file.version()),
            file.sizeBytes(),
            file.sourceModified(),
            file.xxhash(),
            file.sha256(),
            file.versionDiscoveredAt(),
            null));
    versions.addAll(files.olderVersions(file));
    return versions;
  }

  /** A version's own persistent id: the file's, with a suffix from the second version on. */
  static String versionName(String persistentId, int version) {
    return version == 1 ? persistentId : persistentId + ".v" + version;
  }

  public Transfer transfer(Actor actor, Id id) {
    return transfers
        .find(id, visibility.of(actor))
        .orElseThrow(() -> new NotFoundException("Transfer"));
  }

  public List<Transfer> transfers(Actor actor, TransferQuery query, int skip, int limit) {
    return transfers.list(query, visibility.of(actor), skip, limit);
  }

  /** How many transfers the query finds. Exact for somebody who sees all and filters by nothing. */
  public Count count(Actor actor, TransferQuery query) {
    return transfers.count(query, visibility.of(actor), COUNT_LIMIT);
  }

  public void eachTransfer(Actor actor, TransferQuery query, Consumer<Transfer> consumer) {
    TransferQuery next = query;
    List<Transfer> chunk;
    do {
      chunk = transfers(actor, next, 0, CHUNK);
      chunk.forEach(consumer);
      next = chunk.isEmpty() ? next : next.after(chunk.getLast().id());
    } while (chunk.size() == CHUNK);
  }

  /**
   * Where the proved copies of one version are, the newest first. Ask {@link #file} first whether
   * he may see it.
   *
   * @param version 0 for the newest that a proved copy exists of
   */
  List<Transfer> provedCopies(Id file, int version) {
    return transfers.provedCopies(file, version);
  }

  /** The versions that a proved copy exists of. Ask {@link #file} first whether he may see it. */
  public Set<Integer> provedVersions(Id file) {
    return transfers.provedVersions(file);
  }

  /** What hooks could not do for it yet. Ask {@link #file} first whether he may see it. */
  public List<HookFailure> hookFailures(Id file) {
    return hookFailures.ofFile(file);
  }
}
