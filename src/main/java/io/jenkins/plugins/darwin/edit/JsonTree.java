package io.jenkins.plugins.darwin.edit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** A JSON file as {@link Item}s, placed by Jackson's token locations. */
public final class JsonTree {
    private static final int DEEPEST = 200;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

    private JsonTree() {}

    /** @throws ReleaseException refused, as {@code name:line:column: problem} */
    public static Item parse(SourceText source) {
        // From a String, not a Reader: only then are the locations offsets of its chars.
        try (JsonParser parser = FACTORY.createParser(source.text())) {
            if (parser.nextToken() == null) {
                throw ReleaseException.refused(source.name() + ": an empty file; expected JSON.");
            }
            Item root = item(parser);
            if (parser.nextToken() != null) {
                throw ReleaseException.refused(
                        source.at((int) parser.currentTokenLocation().getCharOffset())
                                + ": something after the end of the JSON value.");
            }
            return root;
        } catch (JsonProcessingException e) {
            int at = e.getLocation() == null
                    ? 0
                    : (int) Math.max(
                            0,
                            Math.min(
                                    e.getLocation().getCharOffset(),
                                    source.text().length()));
            throw ReleaseException.refused(source.at(at) + ": not JSON: " + e.getOriginalMessage() + ".");
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    private static Item item(JsonParser parser) throws IOException {
        int start = (int) parser.currentTokenLocation().getCharOffset();
        switch (parser.currentToken()) {
            case START_OBJECT -> {
                List<Item.Entry> entries = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String key = parser.currentName();
                    int keyStart = (int) parser.currentTokenLocation().getCharOffset();
                    parser.nextToken();
                    entries.add(new Item.Entry(key, keyStart, item(parser)));
                }
                return new Item.Mapping(start, List.copyOf(entries));
            }
            case START_ARRAY -> {
                List<Item> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(item(parser));
                }
                return new Item.Sequence(start, List.copyOf(items));
            }
            default -> {
                // Reading the text first: a string token is lazily skipped, and its end is known only then.
                String value = parser.getText();
                boolean string = parser.currentToken() == JsonToken.VALUE_STRING;
                int end = string ? (int) parser.currentLocation().getCharOffset() : start + value.length();
                return new Item.Scalar(
                        start,
                        end,
                        value,
                        type(parser.currentToken()),
                        string ? Item.Style.DOUBLE_QUOTED : Item.Style.PLAIN);
            }
        }
    }

    private static Item.Type type(JsonToken token) {
        return switch (token) {
            case VALUE_NUMBER_INT -> Item.Type.INTEGER;
            case VALUE_NUMBER_FLOAT -> Item.Type.FLOAT;
            case VALUE_TRUE, VALUE_FALSE -> Item.Type.BOOLEAN;
            case VALUE_NULL -> Item.Type.NULL;
            default -> Item.Type.STRING;
        };
    }
}
