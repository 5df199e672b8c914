// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.IdSource;
import io.entrepot.server.catalog.FileContents;
import io.entrepot.server.catalog.ProvedCopy;
import io.entrepot.server.edge.ByteRange;
import io.entrepot.server.edge.ByteRanges;
import io.entrepot.server.identity.Actor;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The bytes of files, whole or in ranges. A whole file is compared with its proof while it is sent:
 * when they differ the connection is cut, so no client takes it for complete. HEAD is answered from
 * the catalogue, and reads nothing.
 */
@RestController
@RequestMapping("/api/files")
class FileContentController {

  private static final String TYPE = MediaType.APPLICATION_OCTET_STREAM_VALUE;

  private final FileContents contents;
  private final IdSource ids;

  FileContentController(FileContents contents, IdSource ids) {
    this.contents = contents;
    this.ids = ids;
  }

  @GetMapping("/{id}/content")
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
              schema = @Schema(type = "string", format = "binary")))
  void newest(
      @PathVariable String id,
      @AuthenticationPrincipal Actor actor,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    try (ProvedCopy content = contents.open(actor, FileController.idOf(id), 0)) {
      send(content, request, response);
    }
  }

  @GetMapping("/{id}/versions/{number}/content")
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
              schema = @Schema(type = "string", format = "binary")))
  void version(
      @PathVariable String id,
      @PathVariable int number,
      @AuthenticationPrincipal Actor actor,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    if (number < 1) {
      throw new EntrepotException(ErrorCode.NOT_FOUND, "Version not found");
    }
    try (ProvedCopy content = contents.open(actor, FileController.idOf(id), number)) {
      send(content, request, response);
    }
  }

  /** By the weak comparison that {@code If-None-Match} asks for. */
  private static boolean isKnown(String tag, Enumeration<String> headers) {
    return Collections.list(headers).stream()
        .flatMap(header -> Arrays.stream(header.split(",")))
        .map(String::strip)
        .anyMatch(known -> known.equals("*") || known.replaceFirst("^W/", "").equals(tag));
  }

  private void send(ProvedCopy content, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String tag = "\"" + content.xxhash() + "-" + content.size() + "\"";
    response.setHeader(HttpHeaders.ETAG, tag);
    response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
    if (isKnown(tag, request.getHeaders(HttpHeaders.IF_NONE_MATCH))) {
      response.setStatus(HttpStatus.NOT_MODIFIED.value());
      return;
    }
    ByteRanges ranges = ByteRanges.of(request, content.size(), tag);
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment()
            .filename(content.filename(), StandardCharsets.UTF_8)
            .build()
            .toString());
    switch (ranges.parts().size()) {
      case 0 -> whole(content, request, response);
      case 1 -> part(content, ranges.parts().getFirst(), request, response);
      default -> parts(content, ranges, request, response);
    }
  }

  private static boolean isForHead(HttpServletRequest request) {
    return HttpMethod.HEAD.matches(request.getMethod());
  }

  private static void whole(
      ProvedCopy content, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType(TYPE);
    response.setContentLengthLong(content.size());
    if (!isForHead(request)) {
      content.sendWhole(response.getOutputStream());
    }
  }

  private static void part(
      ProvedCopy content, ByteRange part, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setStatus(HttpStatus.PARTIAL_CONTENT.value());
    response.setContentType(TYPE);
    response.setContentLengthLong(part.length());
    response.setHeader(HttpHeaders.CONTENT_RANGE, part.header());
    if (!isForHead(request)) {
      content.sendPart(part.first(), part.length(), response.getOutputStream());
    }
  }

  private void parts(
      ProvedCopy content,
      ByteRanges ranges,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    // Nobody could have known it when the file was written.
    ByteRanges.Multipart body = ranges.multipart("part-" + ids.next().hex(), TYPE);
    response.setStatus(HttpStatus.PARTIAL_CONTENT.value());
    response.setContentType(body.contentType());
    response.setContentLengthLong(body.length());
    if (isForHead(request)) {
      return;
    }
    OutputStream out = response.getOutputStream();
    for (ByteRange part : ranges.parts()) {
      out.write(body.before(part));
      content.sendPart(part.first(), part.length(), out);
    }
    out.write(body.end());
  }
}
