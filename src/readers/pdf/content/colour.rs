//! Colours, as near as it takes to tell white from grey from red: no colour management.

use hayro_syntax::object::Array;
use hayro_syntax::object::Name;
use hayro_syntax::object::Object;
use hayro_syntax::object::Stream;
use hayro_syntax::page::Resources;

/// Colour spaces in colour spaces that are followed; Indexed over `ICCBased` over an alternate is the most there can be.
const DEPTH: u32 = 4;

/// A colour space, as far as it is told apart.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum ColourSpace {
    Grey,
    Rgb,
    Cmyk,
    /// CIE L*a*b*.
    Lab,
    /// A palette over a space of so many components.
    Indexed {
        base: Box<ColourSpace>,
        palette: Vec<u8>,
    },
    /// Inks by name: more is darker.
    Inks,
    Pattern,
}

impl ColourSpace {
    /// The space that `name` means.
    pub(super) fn named(name: &Name<'_>, resources: &Resources<'_>) -> Self {
        match Self::device(name.as_ref()) {
            Some(space) => space,
            None => resources.get_color_space(name).map_or(Self::Grey, |object| Self::read(&object, DEPTH)),
        }
    }

    fn device(name: &[u8]) -> Option<Self> {
        match name {
            b"DeviceGray" | b"G" | b"CalGray" => Some(Self::Grey),
            b"DeviceRGB" | b"RGB" | b"CalRGB" => Some(Self::Rgb),
            b"DeviceCMYK" | b"CMYK" => Some(Self::Cmyk),
            b"Pattern" => Some(Self::Pattern),
            _ => None,
        }
    }

    fn read(object: &Object<'_>, depth: u32) -> Self {
        match object {
            Object::Name(name) => Self::device(name.as_ref()).unwrap_or(Self::Grey),
            Object::Array(array) if depth > 0 => Self::of_array(array, depth - 1),
            _ => Self::Grey,
        }
    }

    fn of_array(array: &Array<'_>, depth: u32) -> Self {
        let mut items = array.iter::<Object<'_>>();
        let Some(Object::Name(family)) = items.next() else {
            return Self::Grey;
        };
        match family.as_ref() {
            b"ICCBased" => Self::of_profile(items.next().and_then(Object::into_stream).as_ref()),
            b"Lab" => Self::Lab,
            b"Indexed" | b"I" => {
                let base = items.next().map_or(Self::Rgb, |object| Self::read(&object, depth));
                let palette = items.nth(1).map(palette).unwrap_or_default();
                Self::Indexed { base: Box::new(base), palette }
            }
            b"Separation" | b"DeviceN" => Self::Inks,
            name => Self::device(name).unwrap_or(Self::Grey),
        }
    }

    fn of_profile(profile: Option<&Stream<'_>>) -> Self {
        match profile.and_then(|stream| stream.dict().get::<u32>(b"N".as_slice())) {
            Some(1) => Self::Grey,
            Some(4) => Self::Cmyk,
            _ => Self::Rgb,
        }
    }

    /// The colour before any is set.
    pub(super) fn initial(&self) -> [u8; 3] {
        match self {
            Self::Indexed { .. } => self.colour(&[0.0]),
            _ => [0; 3],
        }
    }

    /// The colour of `components`; mid-grey for a pattern, whose colour is not one.
    pub(super) fn colour(&self, components: &[f64]) -> [u8; 3] {
        let part = |index: usize| components.get(index).copied().unwrap_or(0.0);
        match self {
            Self::Grey => [byte(part(0)); 3],
            Self::Rgb => [byte(part(0)), byte(part(1)), byte(part(2))],
            Self::Cmyk => {
                let ink = |index: usize| byte((1.0 - part(index).clamp(0.0, 1.0)) * (1.0 - part(3).clamp(0.0, 1.0)));
                [ink(0), ink(1), ink(2)]
            }
            Self::Lab => [byte(part(0) / 100.0); 3],
            Self::Inks => [byte(1.0 - components.iter().copied().fold(0.0, f64::max)); 3],
            Self::Pattern => [128; 3],
            Self::Indexed { base, palette } => {
                let count = base.components();
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a palette has up to 256 entries")]
                let entry = part(0).clamp(0.0, 255.0) as usize;
                let parts: Vec<f64> =
                    palette.iter().skip(entry * count).take(count).map(|&part| f64::from(part) / 255.0).collect();
                base.colour(&parts)
            }
        }
    }

    fn components(&self) -> usize {
        match self {
            Self::Rgb | Self::Lab => 3,
            Self::Cmyk => 4,
            _ => 1,
        }
    }
}

fn palette(object: Object<'_>) -> Vec<u8> {
    match object {
        Object::String(bytes) => bytes.as_bytes().to_vec(),
        Object::Stream(stream) => stream.decoded_data().map(std::borrow::Cow::into_owned).unwrap_or_default(),
        _ => Vec::new(),
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the range of a byte")]
fn byte(share: f64) -> u8 {
    (share.clamp(0.0, 1.0) * 255.0).round() as u8
}
