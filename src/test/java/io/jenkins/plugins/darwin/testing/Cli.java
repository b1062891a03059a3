package io.jenkins.plugins.darwin.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.darwin.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** One run of the {@code darwin} command in this process. */
public record Cli(int code, String out, String err) {
    public static Cli run(Path directory, Map<String, String> environment, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                args,
                environment,
                directory,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Cli(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The one JSON document on standard output; anything before or behind it fails the test. */
    public JsonNode json() {
        try (var parser = new ObjectMapper().createParser(out)) {
            JsonNode document = parser.readValueAsTree();
            if (parser.nextToken() != null) {
                throw new AssertionError("more than one document on standard output:\n" + out);
            }
            return document;
        } catch (IOException e) {
            throw new AssertionError("not JSON on standard output:\n" + out + "\n" + err, e);
        }
    }

    /** What the command said as the reason of its failure: the line that begins with its name. */
    public String complaint() {
        return err.lines()
                .filter(l -> l.startsWith("darwin: "))
                .reduce((a, b) -> {
                    throw new AssertionError("two complaints:\n" + err);
                })
                .orElseThrow(() -> new AssertionError("no complaint:\n" + err))
                .substring("darwin: ".length());
    }
}
