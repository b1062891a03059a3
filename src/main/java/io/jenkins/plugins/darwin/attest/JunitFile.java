package io.jenkins.plugins.darwin.attest;

import io.jenkins.plugins.darwin.model.ForeignText;
import io.jenkins.plugins.darwin.model.ReleaseException;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * JUnit XML, whichever tool wrote it: what counts are the test cases themselves, not the sums that stand above them.
 *
 * @param failed names of those with a failure or an error, class first
 */
record JunitFile(int tests, List<String> failed, int skipped) {
    static JunitFile read(byte[] file, String name) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        // Nothing outside the file is read, and no entity multiplies: it is a stranger's.
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            return new Reader(name).read(factory.createXMLStreamReader(new ByteArrayInputStream(file)));
        } catch (XMLStreamException | RuntimeException e) {
            if (e instanceof ReleaseException known) {
                throw known;
            }
            throw ReleaseException.usage(
                    name + " is not readable: expected JUnit XML, found something else ("
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse("") + ").",
                    e);
        }
    }

    private static final class Reader {
        private final String name;
        private final List<String> failed = new ArrayList<>();
        private int tests;
        private int skipped;
        private long claimed;
        private Optional<String> test = Optional.empty();
        private boolean bad;
        private boolean left;

        Reader(String name) {
            this.name = name;
        }

        JunitFile read(XMLStreamReader xml) throws XMLStreamException {
            int depth = 0;
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    requireReport(xml, depth++);
                    begin(xml);
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    depth--;
                    end(xml.getLocalName());
                }
            }
            if (tests == 0) {
                throw ReleaseException.usage(name + " holds no test: expected JUnit XML with test cases"
                        + (failed.isEmpty() ? "" : ", found only suites that failed") + ".");
            }
            if (failed.isEmpty() && claimed > 0) {
                throw ReleaseException.usage(
                        name + " contradicts itself: its suites count failures, and no test case has one.");
            }
            return new JunitFile(tests, failed, skipped);
        }

        private void requireReport(XMLStreamReader xml, int depth) {
            if (depth == 0 && !List.of("testsuites", "testsuite").contains(xml.getLocalName())) {
                throw ReleaseException.usage(
                        name + " is not readable: expected JUnit XML (testsuites or testsuite), found "
                                + ForeignText.shown(xml.getLocalName()) + ".");
            }
        }

        private void begin(XMLStreamReader xml) {
            switch (xml.getLocalName()) {
                case "testcase" -> {
                    String suite = xml.getAttributeValue(null, "classname");
                    String own = String.valueOf(xml.getAttributeValue(null, "name"));
                    test = Optional.of(ForeignText.shown(suite == null || suite.isEmpty() ? own : suite + "." + own));
                    bad = false;
                    left = false;
                }
                case "testsuite", "testsuites" -> claimed += number(xml, "failures") + number(xml, "errors");
                case "failure", "error" -> {
                    bad = true;
                    if (test.isEmpty()) {
                        failed.add("the suite itself");
                    }
                }
                case "skipped", "disabled" -> left = true;
                default -> {
                    // output, properties, what a rerun said
                }
            }
        }

        private static long number(XMLStreamReader xml, String attribute) {
            String value = xml.getAttributeValue(null, attribute);
            return value != null && value.matches("[0-9]{1,9}") ? Long.parseLong(value) : 0;
        }

        private void end(String element) {
            if (element.equals("testcase")) {
                tests++;
                if (bad) {
                    failed.add(test.orElse(""));
                } else if (left) {
                    skipped++;
                }
                test = Optional.empty();
            }
        }
    }
}
