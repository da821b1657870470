use super::*;

fn shows(code: &str, value: f64, text: &str) {
    assert_eq!(NumberFormat::parse(code).show(value, false), text, "{value} by {code:?}");
}

#[test]
fn figures() {
    shows("0", 12.5, "13");
    shows("0.00", 0.125, "0.13");
    shows("0.00", 1.005, "1.01");
    shows("#,##0", 1_234_567.0, "1,234,567");
    shows("#,##0.00", -1234.5, "-1,234.50");
    shows("0%", 0.85, "85%");
    shows("0.0%", 0.1234, "12.3%");
    shows("\"£\"#,##0", 5000.0, "£5,000");
    shows("[$£-809]#,##0.00", 12.0, "£12.00");
    shows("0.0,,\"m\"", 2_500_000.0, "2.5m");
    shows("000", 7.0, "007");
    shows("#.##", 0.5, ".5");
    shows("0.##", 3.0, "3");
    shows("0.00E+00", 12345.0, "1.23E+04");
    shows("##0.0E+0", 12345.0, "12.3E+3");
    shows("General", 42.0, "42");
    shows("_-* #,##0_-;-* #,##0_-;_-* \"-\"_-;_-@_-", 1200.0, "1,200");
    shows("_-* #,##0_-;-* #,##0_-;_-* \"-\"_-;_-@_-", 0.0, "-");
    shows("#,##0;[Red](#,##0)", -3.0, "(3)");
    shows("[<1]0%;0", 0.5, "50%");
    shows("[<1]0%;0", 2.0, "2");
    shows("\"Q\"0", 3.0, "Q3");
}

#[test]
fn numbers_without_a_format() {
    for (value, text) in [
        (0.0, "0"),
        (0.1 + 0.2, "0.3"),
        (1.0 / 3.0, "0.333333333"),
        (std::f64::consts::PI, "3.141592654"),
        (1e15, "1E+15"),
        (123_456_789_012.0, "123456789012"),
        (-2.5, "-2.5"),
        (0.000_012_345_678, "1.23457E-05"),
        (43_101.0, "43101"),
    ] {
        assert_eq!(general(value), text);
    }
}

#[test]
fn dates() {
    shows("dd/mm/yyyy", 43_101.0, "01/01/2018");
    shows("d mmmm yyyy", 43_131.0, "31 January 2018");
    shows("dddd, d mmm yy", 43_131.0, "Wednesday, 31 Jan 18");
    shows("mmm-yy", 43_101.0, "Jan-18");
    shows("yyyy\\-mm\\-dd", 43_131.0, "2018-01-31");
    shows("[$-809]dd mmmm yyyy;@", 43_131.0, "31 January 2018");
    shows("dd/mm/yyyy", 1.0, "01/01/1900");
    shows("dd/mm/yyyy", 61.0, "01/03/1900");
    assert_eq!(NumberFormat::parse("dd/mm/yyyy").show(41_639.0, true), "01/01/2018");
}

#[test]
fn dates_lose_nothing() {
    shows("dd-mmm", 43_131.0, "31-Jan-2018");
    shows("dd/mm", 43_131.0, "31/01/2018");
    shows("mm/dd/yyyy", 43_131.0, "31/01/2018");
    shows("m/d/yy", 43_161.0, "2/3/18");
    shows("dd/mm/yyyy hh:mm", 43_131.0, "31/01/2018");
    shows("dd/mm/yyyy hh:mm", 43_131.75, "31/01/2018 18:00");
    shows(";;;", 5.0, "5");
    shows("dd/mm/yyyy", -1.0, "-1");
}

#[test]
fn times() {
    shows("hh:mm", 0.5, "12:00");
    shows("h:mm AM/PM", 0.75, "6:00 PM");
    shows("[h]:mm:ss", 1.5, "36:00:00");
    shows("mm:ss.0", 0.000_694_444, "01:00.0");
    shows("hh:mm", 0.0, "00:00");
}

#[test]
fn serials_and_dates_agree() {
    for serial in [1.0, 59.0, 61.0, 43_101.0, 2_958_465.0] {
        let moment = Moment::from_serial(serial, false).expect("a date");
        assert!((Moment::serial(moment.year, moment.month, moment.day, 0.0) - serial).abs() < 1e-9);
    }
}

#[test]
fn iso_dates_are_read() {
    let near = |text: &str, serial: f64| {
        let found = Moment::parse(text).expect("a date");
        assert!((found - serial).abs() < 1e-9, "{text}: {found}");
    };
    near("2018-01-01", 43_101.0);
    near("2018-01-01T12:00:00", 43_101.5);
    near("2018-01-01T18:00:00Z", 43_101.75);
    near("PT06H00M00S", 0.25);
    assert_eq!(Moment::parse("01/01/2018"), None);
    assert_eq!(Moment::parse("2018-13-01"), None);
}

#[test]
fn texts_are_dressed() {
    assert_eq!(NumberFormat::parse("@").show_text("a"), None);
    assert_eq!(NumberFormat::parse("\"Ref \"@").show_text("a").as_deref(), Some("Ref a"));
}

#[test]
fn odd_codes_are_shown_all_the_same() {
    for code in
        ["\"", "[", "\\", "_", "*", "[h", "e", ";;;;;", "0/0", "?/?", "%%%", ",,,", "E+", "[>]", "é", "[$", "yyyyyyyyyyyyy"]
    {
        for value in [0.0, -1.5, 1e300, 43_101.25, f64::NAN] {
            let _ = NumberFormat::parse(code).show(value, false);
        }
    }
}
